package org.latentmim.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read, in words: the JDK's exceptions often have no more to say than the file's name. */
final class Reason {

    private Reason() {}

    static String of(IOException exception) {
        if (exception instanceof NoSuchFileException || exception instanceof FileNotFoundException) {
            return "there is no such file";
        }
        if (exception instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (exception instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
    }
}

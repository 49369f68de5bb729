package org.latentmim.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of bytes as they come. Not thread-safe. */
public final class Sha256 {

    private static final int PIECE = 1 << 20;

    private final MessageDigest digest;

    /** Begins with no bytes. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the sum of some bytes, in hexadecimal digits. */
    public static String of(byte[] bytes) {
        Sha256 sum = new Sha256();
        sum.add(ByteBuffer.wrap(bytes));
        return sum.text();
    }

    /** Returns the sum of a file, in hexadecimal digits. */
    public static String of(Path file) throws IOException {
        Sha256 sum = new Sha256();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(piece.clear()) >= 0) {
                sum.add(piece.flip());
            }
        }
        return sum.text();
    }

    /** Adds what remains in a buffer, and leaves its position as it is. */
    public void add(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
    }

    /** Returns the sum in hexadecimal digits, and begins anew. */
    public String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

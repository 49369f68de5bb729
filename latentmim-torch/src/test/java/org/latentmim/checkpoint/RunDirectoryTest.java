package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

class RunDirectoryTest {

    private static final long TOO_MUCH = Long.MAX_VALUE / 2;

    @TempDir
    Path temporary;

    @Test
    void makesTheFolderAndThoseAroundIt() {
        RunDirectory run = RunDirectory.create(temporary.resolve("a/b/run"), 1000);
        assertThat(run.folder()).isEqualTo(temporary.resolve("a/b/run")).isEmptyDirectory();
        assertThat(run.recipe()).isEqualTo(temporary.resolve("a/b/run/recipe.yaml"));
        assertThat(run.checkpoints()).isEqualTo(temporary.resolve("a/b/run/checkpoints"));
    }

    @Test
    void takesAnEmptyFolder() {
        assertThat(RunDirectory.create(temporary, 1000).folder()).isEqualTo(temporary);
    }

    @Test
    void refusesAFolderWithSomethingInIt() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> RunDirectory.create(temporary, 1000))
                .withMessage("The folder " + temporary + " is not empty. Name another one with --out.");
        assertThat(temporary.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void saysWhichFileIsInTheWay() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RunDirectory.create(file, 1000))
                .withMessage("The folder " + file + " cannot be made: " + file + " is a file.");
        Path below = file.resolve("a/run");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RunDirectory.create(below, 1000))
                .withMessage("The folder " + below + " cannot be made: " + file + " is a file.");
        assertThat(file).hasContent("mine");
    }

    @Test
    void saysWhereItMayNotWrite() throws IOException {
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
        for (Path folder : new Path[] {temporary, temporary.resolve("run")}) {
            assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RunDirectory.create(folder, 1000)).withMessage(
                    "The folder " + folder + " cannot be written to: permission denied. Name another one with --out.");
        }
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void leavesNothingBehindOnADiskWithoutRoom() {
        for (String name : new String[] {"run", "a/b/run"}) {
            Path folder = temporary.resolve(name);
            assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RunDirectory.create(folder, TOO_MUCH))
                    .withMessageMatching("The disk of \\Q" + folder + "\\E has \\d+ MiB free, but the run writes "
                            + (TOO_MUCH >> 20) + " MiB\\. Free some, or name another folder with --out\\.");
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void leavesAnEmptyFolderThatWasThere() {
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RunDirectory.create(temporary, TOO_MUCH));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void opensOnlyTheFolderOfARun() throws IOException {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> RunDirectory.open(temporary))
                .withMessage("There is no run in " + temporary + ": it has no recipe.yaml.");
        Files.writeString(temporary.resolve("recipe.yaml"), "");
        assertThat(RunDirectory.open(temporary).folder()).isEqualTo(temporary);
    }

    @Test
    void writesTextsAndObjectsInPlaceOfThoseThatAreThere() {
        RunDirectory run = RunDirectory.create(temporary, 1000);
        run.write("recipe.yaml", "name: first and longer\n");
        run.write("recipe.yaml", "name: \u00e4\n");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("java", "17");
        values.put("cores", 2);
        run.writeJson("environment.json", values);
        assertThat(run.recipe()).hasContent("name: \u00e4\n");
        assertThat(temporary.resolve("environment.json")).hasContent("{\n  \"java\" : \"17\",\n  \"cores\" : 2\n}");
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("recipe.yaml", "environment.json");
    }

    @Test
    void leavesTheFileAsItWasIfTheNewOneCannotBeWritten() {
        RunDirectory run = RunDirectory.create(temporary, 1000);
        run.write("scores.json", "[]");
        Object unwritable = new Object() {
            @SuppressWarnings("unused")
            public String getText() {
                throw new IllegalStateException("on purpose");
            }
        };
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run.writeJson("scores.json", unwritable))
                .withMessageStartingWith("Cannot write " + temporary.resolve("scores.json") + ": ");
        assertThat(temporary.resolve("scores.json")).hasContent("[]");
        assertThat(temporary.toFile().list()).containsExactly("scores.json");
    }

    @Test
    void saysWhatItCannotWrite() throws IOException {
        RunDirectory run = RunDirectory.create(temporary.resolve("run"), 1000);
        Files.createDirectories(run.folder().resolve("scores.json/in the way"));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run.write("scores.json", "[]"))
                .withMessageStartingWith("Cannot write " + run.folder().resolve("scores.json") + ": ");
        assertThat(run.folder().toFile().list()).containsExactly("scores.json");

        RunDirectory gone = RunDirectory.create(temporary.resolve("gone"), 1000);
        Files.delete(gone.folder());
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> gone.write("scores.json", "[]"))
                .withMessage("Cannot write " + gone.folder().resolve("scores.json") + ": the folder is gone.");
    }
}

package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing has run yet, the first process unpacks the native libraries, while others may start. */
class FirstStartTest {

    @TempDir
    private Path temporary;

    @Test
    void processesThatStartTogetherWaitForTheOneThatUnpacks() throws IOException, InterruptedException {
        List<String> command = CommandLineRun.command(List.of(), List.of("check", "quickstart"));
        List<String> withOwnCache = new ArrayList<>(command);
        withOwnCache.add(1, "-Dorg.bytedeco.javacpp.cachedir=" + temporary.resolve("cache"));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(withOwnCache)
                    .directory(temporary.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(temporary.resolve("output-" + i).toFile())
                    .start());
        }
        try {
            for (int i = 0; i < processes.size(); i++) {
                assertThat(processes.get(i).waitFor(3, TimeUnit.MINUTES)).isTrue();
                assertThat(temporary.resolve("output-" + i)).content().contains("quickstart").doesNotContain("fatal error");
                assertThat(processes.get(i).exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(temporary.resolve("cache")).isNotEmptyDirectory();
    }
}

package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.FailureException;
import org.latentmim.testing.Fuzzing;

class SafetensorsFuzzTest {

    private static final int DATA = 24;
    private static final List<String> HEADERS = List.of(
            "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                    + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[16,24]}}",
            "{\"x\":{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[0,24]},"
                    + "\"empty\":{\"dtype\":\"F64\",\"shape\":[0,7],\"data_offsets\":[24,24]}}");

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreReadOrRefused() {
        Path file = folder.resolve("x.safetensors");
        int refused = Fuzzing.run("safetensors", HEADERS.stream().map(header -> file(bytes(header))).toList(), input -> {
            Files.write(file, input);
            readAll(file);
        }, FailureException.class);
        assertThat(refused).isPositive();
    }

    /** Its length is right: what is wrong is what the header says. */
    @Test
    void damagedHeadersAreReadOrRefused() {
        Path file = folder.resolve("x.safetensors");
        int refused = Fuzzing.run("safetensors-header", HEADERS.stream().map(SafetensorsFuzzTest::bytes).toList(), input -> {
            Files.write(file, file(input));
            readAll(file);
        }, FailureException.class);
        assertThat(refused).isPositive();
    }

    private static void readAll(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path); PointerScope scope = new PointerScope()) {
            long bytes = 0;
            for (String name : file.names()) {
                bytes += file.read(name).clone().nbytes();
            }
            if (bytes > Files.size(path)) {
                throw new AssertionError(bytes + " bytes came out of " + Files.size(path));
            }
        }
    }

    private static byte[] bytes(String header) {
        return header.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] file(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length + DATA).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length).put(header).array();
    }
}

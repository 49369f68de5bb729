package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

class SafetensorsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void keepsNumbersOfEveryType(ElementType type) {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = arange(new Scalar(24)).to(type.scalarType()).view(2, 3, 4);
            Path file = write(Map.of("x", tensor));
            try (Safetensors read = Safetensors.open(file)) {
                assertThat(read.type("x")).isEqualTo(type.scalarType());
                assertThat(read.shape("x")).containsExactly(2, 3, 4);
                assertThat(read.read("x").scalar_type().intern()).isEqualTo(type.scalarType());
                assertThat(read.read("x").equal(tensor)).isTrue();
            }
        }
    }

    @Test
    void readsTheRecordingsAsTheyAre() {
        for (Recording recording : GoldenFiles.models()) {
            try (PointerScope scope = new PointerScope(); Safetensors file = Safetensors.open(recording.path())) {
                assertThat(file.names()).isEqualTo(recording.names());
                assertThat(file.metadata()).isEqualTo(recording.metadata());
                for (String name : file.names()) {
                    assertThat(file.read(name).equal(recording.tensor(name))).as(name).isTrue();
                }
            }
        }
    }

    @Test
    void isReadByOthersAsItWasWritten() throws IOException {
        for (Recording recording : GoldenFiles.models()) {
            try (PointerScope scope = new PointerScope()) {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                recording.names().forEach(name -> tensors.put(name, recording.tensor(name)));
                Path file = folder.resolve("copy.safetensors");
                Safetensors.write(file, tensors, recording.metadata());
                Recording copy = Recording.read(file);
                assertThat(copy.metadata()).isEqualTo(recording.metadata());
                for (String name : recording.names()) {
                    assertThat(copy.doubles(name)).as(name).isEqualTo(recording.doubles(name));
                }
            }
        }
    }

    @Test
    void keepsStridedLearningAndEmptyTensors() {
        try (PointerScope scope = new PointerScope()) {
            Tensor transposed = randn(3, 5).t();
            Tensor learning = randn(4).set_requires_grad(true);
            Path file = write(Map.of("transposed", transposed, "learning", learning, "empty", empty(0, 7),
                    "scalar", randn(new long[0])));
            try (Safetensors read = Safetensors.open(file)) {
                assertThat(read.read("transposed").equal(transposed)).isTrue();
                assertThat(read.read("learning").equal(learning)).isTrue();
                assertThat(read.read("learning").requires_grad()).isFalse();
                assertThat(read.read("empty").shape()).containsExactly(0, 7);
                assertThat(read.read("scalar").dim()).isZero();
            }
        }
    }

    @Test
    void keepsTensorsThatAreWrittenInPieces() {
        try (PointerScope scope = new PointerScope()) {
            Tensor large = arange(new Scalar(40_000_000), new TensorOptions(ScalarType.Int)); // 160 MB
            try (Safetensors read = Safetensors.open(write(Map.of("large", large)))) {
                assertThat(read.read("large").equal(large)).isTrue();
            }
        }
    }

    @Test
    void writesTheSameBytesWhateverTheOrder() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("b", zeros(3));
            tensors.put("a", zeros(new long[] {2}, new TensorOptions(ScalarType.Byte)));
            tensors.put("c", zeros(new long[] {1}, new TensorOptions(ScalarType.Double)));
            Map<String, Tensor> reversed = new LinkedHashMap<>();
            List.of("c", "a", "b").forEach(name -> reversed.put(name, tensors.get(name)));
            byte[] first = Files.readAllBytes(write(tensors));
            assertThat(Files.readAllBytes(write(reversed))).isEqualTo(first);
            long header = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(header % 8).isZero();
            assertThat(new String(first, 8, (int) header, StandardCharsets.UTF_8).strip()).isEqualTo(
                    "{\"c\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                            + "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[8,20]},"
                            + "\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[20,22]}}");
        }
    }

    @Test
    void readsIntoTheCallersScopeAndLeavesNothingElse() {
        Path file;
        try (PointerScope scope = new PointerScope()) {
            file = write(Map.of("x", randn(10)));
        }
        try (Safetensors read = Safetensors.open(file)) {
            long before = Pointer.totalCount();
            for (int i = 0; i < 100; i++) {
                try (PointerScope scope = new PointerScope()) {
                    assertThat(read.read("x").isfinite().all().item_bool()).isTrue();
                }
            }
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void leavesTheOldFileAndNothingElseWhenWritingFails() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Path file = write(Map.of("x", zeros(2)));
            byte[] before = Files.readAllBytes(file);
            assertThatIllegalArgumentException().isThrownBy(() ->
                    write(Map.of("x", zeros(new long[] {2}, new TensorOptions(ScalarType.ComplexFloat)))))
                    .withMessage("tensor 'x' is of the type ComplexFloat, which cannot be written");
            assertThatIllegalArgumentException().isThrownBy(() -> write(Map.of("x", new Tensor())))
                    .withMessage("there is no tensor behind the name 'x'");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> AtomicWrite.file(file, channel -> {
                channel.write(ByteBuffer.wrap(new byte[100]));
                throw new IOException("the disk is full");
            }));
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void saysWhereItCannotWrite() {
        Path nowhere = folder.resolve("no").resolve("x.safetensors");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Safetensors.write(nowhere, Map.of(), Map.of()))
                .withMessageStartingWith(nowhere + " cannot be written: ");
    }

    @Test
    void saysWhatIsNotThere() {
        Path nowhere = folder.resolve("x.safetensors");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Safetensors.open(nowhere))
                .withMessage("There is no file " + nowhere);
        try (PointerScope scope = new PointerScope(); Safetensors file = Safetensors.open(write(Map.of("x", zeros(1))))) {
            assertThatIllegalArgumentException().isThrownBy(() -> file.read("y"))
                    .withMessage("there is no tensor 'y' in " + file);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]|0|its header is no JSON object",
        "{'x':1}|0|tensor 'x' is not described by a JSON object",
        "{'x':{'dtype':'F8','shape':[1],'data_offsets':[0,1]}}|1|tensor 'x' has the unknown type 'F8'",
        "{'x':{'dtype':'F32','shape':[1]}}|4|tensor 'x' has offsets that is no list",
        "{'x':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|tensor 'x' has a shape with the number -1",
        "{'x':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}|4|tensor 'x' has a shape with the number 1.5",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4,4]}}|4|tensor 'x' has 3 offsets in place of two",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}|4|tensor 'x' ends before it begins",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|4|tensor 'x' ends at byte 8 of the data, of which the file has 4",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|tensor 'x' has 4 bytes, but F32 [2] takes 8",
        "{'x':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}|0|"
                + "tensor 'x' has the shape [4611686018427387904, 4], which no file can hold",
        "{'x':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'y':{'dtype':'U8','shape':[4],'data_offsets':[2,6]}}|6|"
                + "tensor 'y' overlaps the tensor before it",
        "{'x':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'y':{'dtype':'U8','shape':[1],'data_offsets':[5,6]}}|6|"
                + "no tensor holds the bytes from 4 to 5 of the data",
        "{'x':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|6|no tensor holds the bytes from 4 to 6 of the data",
        "{'x':{'dtype':'F32','shape':[0,4611686018427387904,4],'data_offsets':[0,0]}}|0|"
                + "tensor 'x' has the shape [0, 4611686018427387904, 4], which no file can hold",
        "{'x':{'dtype':'F32','shape':[NaN],'data_offsets':[0,4]}}|4|its header is no JSON: Non-standard token 'NaN': enable"
                + " `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
        "{'x':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,4]}}|4|"
                + "tensor 'x' has a shape with the number 99999999999999999999",
        "{'__metadata__':{'a':1}}|0|the metadata 'a' is no text",
        "{'__metadata__':5}|0|its metadata is no JSON object",
        "{'x':{'a':[[1]]}}|0|its header is beyond what a model needs: Document nesting depth (4) exceeds the maximum allowed"
                + " (3, from `StreamReadConstraints.getMaxNestingDepth()`)",
        "{'x':1,'x':2}|0|its header is no JSON: Duplicate field 'x'",
    }, quoteCharacter = '^')
    void refusesHeadersThatDoNotFitTheirFile(String header, int dataBytes, String reason) throws IOException {
        refuses(file(header.replace('\'', '"'), dataBytes), reason);
    }

    @Test
    void refusesFilesThatAreTooShortForTheirHeader() throws IOException {
        refuses(new byte[] {1, 2, 3}, "it has only 3 bytes");
        refuses(Arrays.copyOf(new byte[] {16}, 12), "its header has 16 bytes, but the file only 12");
        refuses(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                "its header has 18446744073709551615 bytes, but at most 100000000 are allowed");
    }

    @Test
    void refusesMoreSizesThanATensorHas() throws IOException {
        String shape = Collections.nCopies(65, "1").toString();
        refuses(file("{\"x\":{\"dtype\":\"U8\",\"shape\":" + shape + ",\"data_offsets\":[0,1]}}", 1),
                "tensor 'x' has 65 sizes, but a tensor has at most 64");
    }

    @Test
    void refusesHeadersThatAreFarLargerInMemory() throws IOException {
        String nothing = "[],".repeat(1_000_000) + "[]";
        refuses(file("{\"x\":[" + nothing + "]}", 0), "its header is beyond what a model needs: Token count (2000001) exceeds"
                + " the maximum allowed (2000000, from `StreamReadConstraints.getMaxTokenCount()`)");
    }

    @Test
    void neverReadsWhatMayHoldCode() throws IOException {
        refuses("PK\3\4archive/data.pkl".getBytes(StandardCharsets.ISO_8859_1),
                "it looks like torch.save wrote it, which may hold code and is never read; save it as safetensors");
        refuses("\u0080\2ccollections".getBytes(StandardCharsets.ISO_8859_1),
                "it looks like torch.save wrote it, which may hold code and is never read; save it as safetensors");
    }

    @Test
    void readsAHeaderWhoseLengthLooksLikeAPickle() throws IOException {
        Path file = Files.write(folder.resolve("640.safetensors"), file("{}" + " ".repeat(0x280 - 2), 0));
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.names()).isEmpty();
        }
    }

    private void refuses(byte[] bytes, String reason) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Safetensors.open(file))
                .withMessage(file + " is no safetensors file: " + reason);
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length).put(json).array();
    }

    private Path write(Map<String, Tensor> tensors) {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return file;
    }
}

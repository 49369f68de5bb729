package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.embedding.Embedding;
import org.latentmim.pipeline.Assembly;
import org.latentmim.representation.EncoderRepresentation;
import org.latentmim.representation.ImageViews;
import org.latentmim.representation.Pooling;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.UsageException;

/** On 80 grey images of two classes, and the encoder of a tiny run: 49 patches of width 16. */
class EmbedCommandTest {

    private static final int IMAGES = 80;
    private static final int WIDTH = 16;

    @TempDir
    private static Path shared;
    private static Path run;
    private static Path images;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void trains() throws IOException {
        run = shared.resolve("run");
        images = shared.resolve("images");
        assertThat(CommandLineRun.tiny("--out", run.toString()).exitCode()).isZero();
        Random random = new Random(4);
        for (int i = 0; i < IMAGES; i++) {
            write(images.resolve(i % 2 == 0 ? "cat" : "a, \"dog\"").resolve(String.format("%02d.png", i)), random);
        }
    }

    @Test
    void meanIsWhatEvaluatorsJudge() throws IOException {
        Path out = temporary.resolve("e.npy");

        CommandLineRun embedded = embed(out);

        assertThat(embedded.err()).isEmpty();
        assertThat(embedded.out()).endsWith("80 embeddings of [16] numbers are in " + out + "\n");
        Assembly assembly = assembly(images);
        embedding(assembly, Pooling.MEAN, 16); // loads the weights
        try (PointerScope scope = new PointerScope()) {
            Tensor features = new EncoderRepresentation("trained", assembly.onlineEncoder(), assembly.get(Compute.class),
                    assembly.get(ImageViews.class), Pooling.MEAN, 1).features(assembly.trainImages());
            float[] expected = new float[IMAGES * WIDTH];
            features.data_ptr_float().get(expected);
            float[] found = npy(out, "(80, 16)");
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(found[i] - expected[i])).isLessThan(1e-5f);
            }
        }
        assertThat(Files.readAllLines(beside(out, ".csv"))).hasSize(81).startsWith("id,path,label",
                "0,\"a, \"\"dog\"\"/01.png\",\"a, \"\"dog\"\"\"").contains("40,cat/00.png,cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "class", "patches"})
    void bothFormatsHoldTheSameRows(String pool) throws IOException {
        boolean nested = pool.equals("patches");
        Path npy = temporary.resolve("e.npy");
        Path parquet = temporary.resolve("e.parquet");
        embed(npy, "--pool", pool);
        embed(parquet, "--pool", pool);

        float[] expected = npy(npy, nested ? "(80, 49, 16)" : "(80, 16)");

        List<Group> rows = rows(parquet);
        assertThat(rows).hasSize(IMAGES);
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Group row = rows.get(i);
            assertThat(row.getLong("id", 0)).isEqualTo(i);
            assertThat(row.getString("path", 0)).startsWith(row.getString("label", 0) + "/");
            collect(row.getGroup("embedding", 0), nested, values);
        }
        assertThat(values).hasSize(expected.length);
        assertThat(IntStream.range(0, expected.length).allMatch(i -> values.get(i) == expected[i])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e.npy", "e.parquet"})
    void stoppedAndStartedAgainItEndsWithTheSameBytes(String name) throws IOException {
        Path whole = temporary.resolve("whole").resolve(name);
        embedding(assembly(images), Pooling.MEAN, 2).write(whole, Map.of(), done -> {});
        Path out = temporary.resolve(name);
        Embedding embedding = embedding(assembly(images), Pooling.MEAN, 2); // 32 images in a shard
        IntConsumer stop = done -> {
            if (done == 40) {
                throw new CancellationException("stopped");
            }
        };
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> embedding.write(out, Map.of(), stop));
        assertThat(out).doesNotExist();
        List<Integer> progress = new ArrayList<>();

        embedding(assembly(images), Pooling.MEAN, 2).write(out, Map.of(), progress::add);

        assertThat(progress).startsWith(32, 34).endsWith(78, 80);
        assertThat(out).hasSameBinaryContentAs(whole);
        assertThat(beside(out, ".json")).hasSameTextualContentAs(beside(whole, ".json"));
        assertThat(beside(out, ".unfinished")).doesNotExist();
    }

    @Test
    void anEncoderOrImagesOfAnotherKindDoNotGoOn() throws IOException {
        Path out = temporary.resolve("e.npy");
        Path unfinished = beside(out, ".unfinished");
        IntConsumer stop = done -> {
            throw new CancellationException("stopped");
        };
        Embedding begun = embedding(assembly(images), Pooling.MEAN, 2);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> begun.write(out, Map.of(), stop));

        Embedding byClass = embedding(assembly(images), Pooling.CLASS, 2);
        Embedding ofFewer = embedding(assembly(images.resolve("cat")), Pooling.MEAN, 2);

        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> byClass.write(out, Map.of(), done -> {}))
                .withMessage("The unfinished embedding " + unfinished + " was begun with pooling mean, but this one has class:"
                        + " go on as it was begun, or remove it to begin again.");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> ofFewer.write(out, Map.of(), done -> {}))
                .withMessage("The unfinished embedding " + unfinished + " was begun with images.count 80, but this one has 40:"
                        + " go on as it was begun, or remove it to begin again.");
    }

    @Test
    void whatIsDoneIsNotDoneAgainNorReplaced() throws IOException {
        Path out = temporary.resolve("e.npy");
        embed(out);
        byte[] first = Files.readAllBytes(beside(out, ".json"));

        assertThat(embed(out).exitCode()).isZero();
        CommandLineRun other = embed(out, "--part", "target_encoder");

        assertThat(beside(out, ".json")).hasBinaryContent(first);
        assertMistake(other, "There is another embedding in " + out
                + ", with part encoder, but this one has target_encoder: name another file with --out, or remove it.");
        Path mine = Files.writeString(temporary.resolve("mine.npy"), "mine");
        assertMistake(embed(mine), "The file " + mine + " is there already: name another one with --out, or remove it.");
    }

    @Test
    void imagesThatCannotBeReadAreListedAndLeftOut() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("some"));
        for (String name : List.of("a.png", "c.png")) {
            write(folder.resolve(name), new Random(5));
        }
        Files.writeString(folder.resolve("b.png"), "no image");
        Path out = temporary.resolve("e.npy");

        CommandLineRun embedded = embed(folder.toString(), out);

        assertThat(embedded.out()).contains("1 image could not be read, and have no embedding:\n  b.png: cannot decode b.png: ");
        float[] rows = npy(out, "(2, 16)");
        assertThat(rows[0]).isEqualTo(rows[16]);
        assertThat(beside(out, ".csv")).hasContent("id,path\n0,a.png\n2,c.png\n");
        JsonNode manifest = new ObjectMapper().readTree(beside(out, ".json").toFile());
        assertThat(manifest.at("/count").asInt()).isEqualTo(2);
        assertThat(manifest.at("/unreadable/0/id").asInt()).isEqualTo(1);
        assertThat(manifest.at("/unreadable/0/reason").asText())
                .isEqualTo("cannot decode b.png: its 8 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file");
        assertThat(manifest.at("/plan/preprocessing/resize").asInt()).isEqualTo(28);
        assertThat(manifest.at("/environment/pytorch").asText()).isNotEmpty();
        Files.delete(folder.resolve("a.png"));
        Files.delete(folder.resolve("c.png"));
        CommandLineRun none = embed(folder.toString(), temporary.resolve("none.npy"));
        assertThat(none.err()).isEqualTo("latentmim: None of the 1 images can be read; the first: cannot decode b.png: its 8"
                + " bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file.\n");
        assertThat(none.exitCode()).isEqualTo(1);
    }

    @Test
    void takesACheckpointOneImageAndAnyImageSet() throws IOException {
        Path checkpoint = Checkpoint.open(run.resolve("checkpoints")).folder();
        Path one = images.resolve("cat/00.png");
        Path all = temporary.resolve("all.npy");
        embed(all, "--batch", "1");
        Path single = temporary.resolve("one.npy");

        assertThat(CommandLineRun.of("embed", checkpoint.toString(), one.toString(), "--out", single.toString()).err()).isEmpty();
        assertThat(embed("{name: fashion-mnist, to: 5}", temporary.resolve("set.npy")).err()).isEmpty();

        float[] rows = npy(all, "(80, 16)");
        assertThat(npy(single, "(1, 16)")).containsExactly(Arrays.copyOfRange(rows, 40 * WIDTH, 41 * WIDTH));
        npy(temporary.resolve("set.npy"), "(5, 16)");
        assertThat(Files.readAllLines(beside(temporary.resolve("set.npy"), ".csv"))).first().isEqualTo("id,path,label");
    }

    @Test
    void everyMistakeInASentence() {
        Path out = temporary.resolve("e.npy");
        Path weights = Checkpoint.open(run.resolve("checkpoints")).file(Checkpoint.MODEL);
        assertMistake(embed(temporary.resolve("e.csv")),
                "An embedding ends in .parquet or .npy, but " + temporary.resolve("e.csv") + " does not.");
        assertMistake(CommandLineRun.of("embed", temporary.toString(), images.toString(), "--out", out.toString()),
                "There is no run in or around " + temporary + ": no recipe.yaml.");
        assertMistake(embed(out, "--part", "teacher"),
                "There is no teacher in " + weights + ", only decoder, encoder, target_encoder.");
        assertMistake(embed(out, "--layer", "2"),
                "The layer 2 pooled by mean is not to be had: an encoder of 1 blocks has no last 2.");
        assertMistake(embed(out, "--batch", "0"), "--batch must be at least 1, but is 0.");
        assertThat(embed(temporary.resolve("nothing").toString(), out).err())
                .contains("there is no folder " + temporary.resolve("nothing")).hasLineCount(1);
        assertThat(temporary).isEmptyDirectory();
    }

    private static void assertMistake(CommandLineRun run, String message) {
        assertThat(run.err()).isEqualTo("latentmim: " + message + "\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static CommandLineRun embed(Path out, String... more) {
        return embed(images.toString(), out, more);
    }

    private static CommandLineRun embed(String what, Path out, String... more) {
        List<String> args = new ArrayList<>(List.of("embed", run.toString(), what, "--out", out.toString()));
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    private static Assembly assembly(Path folder) {
        String recipe = RunDirectory.open(run).recipe().toString();
        return Assembly.of(Recipes.read(recipe,
                List.of("images.train=null", "images.train={name: folder, channels: 1, path: " + folder + "}")));
    }

    private static Embedding embedding(Assembly assembly, Pooling pooling, int batch) {
        return new Embedding(
                assembly, Checkpoint.open(run.resolve("checkpoints")), "encoder", pooling, 1, OptionalInt.of(batch));
    }

    private static Path beside(Path out, String ending) {
        return out.resolveSibling(out.getFileName() + ending);
    }

    private static void write(Path file, Random random) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 28 * 28; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, random.nextInt(256));
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static float[] npy(Path file, String shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = bytes.getShort(8);
        assertThat((10 + header) % 64).isZero();
        assertThat(new String(bytes.array(), 10, header, StandardCharsets.US_ASCII).strip())
                .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }");
        float[] values = new float[(bytes.capacity() - 10 - header) / Float.BYTES];
        bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static void collect(Group list, boolean nested, List<Float> values) {
        for (int i = 0; i < list.getFieldRepetitionCount("list"); i++) {
            Group element = list.getGroup("list", i);
            if (nested) {
                collect(element.getGroup("element", 0), false, values);
            } else {
                values.add(element.getFloat("element", 0));
            }
        }
    }

    private static List<Group> rows(Path file) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new GroupReader(new LocalInputFile(file)).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static final class GroupReader extends ParquetReader.Builder<Group> {

        GroupReader(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}

package org.latentmim.embedding;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.spi.ImageSet;

/** NumPy's format, version 1.0: an array {@code [n, D]} or {@code [n, N, D]}, and beside it a CSV that names the rows. */
final class NpyEmbedding {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private NpyEmbedding() {}

    static void write(Path file, EmbeddingPlan plan, ImageSet images, Shards shards) throws IOException {
        boolean labelled = !plan.images().classes().isEmpty();
        AtomicWrite.file(file.resolveSibling(file.getFileName() + ".csv"), channel -> {
            BufferedWriter csv = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            csv.write(labelled ? "id,path,label\n" : "id,path\n");
            shards.forEach((image, values) -> csv.write(image + "," + quoted(images.id(image))
                    + (labelled ? "," + quoted(Labels.of(images, image).orElse("")) : "") + "\n"));
            csv.flush();
        });
        AtomicWrite.file(file, channel -> {
            write(channel, header(plan, shards.rows()));
            shards.forEach((image, values) -> write(channel, values));
        });
    }

    private static ByteBuffer header(EmbeddingPlan plan, int rows) {
        String shape = LongStream.concat(LongStream.of(rows), plan.shape().stream().mapToLong(Long::longValue))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", ")"));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        int before = MAGIC.length + Short.BYTES;
        int size = (before + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = (text + " ".repeat(size - before - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC).putShort((short) padded.length).put(padded).flip();
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String quoted(String field) {
        return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}

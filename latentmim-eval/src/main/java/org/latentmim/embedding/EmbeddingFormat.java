package org.latentmim.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;

/** How an embedding is written. */
enum EmbeddingFormat {
    PARQUET {
        @Override
        void write(Path file, EmbeddingPlan plan, ImageSet images, Shards shards) throws IOException {
            ParquetEmbedding.write(file, plan, images, shards);
        }
    },

    NPY {
        @Override
        void write(Path file, EmbeddingPlan plan, ImageSet images, Shards shards) throws IOException {
            NpyEmbedding.write(file, plan, images, shards);
        }
    };

    /**
     * Returns the format that a file's name asks for.
     *
     * @throws UsageException if it asks for none
     */
    static EmbeddingFormat of(Path file) {
        String name = String.valueOf(file.getFileName());
        return Arrays.stream(values()).filter(format -> name.endsWith(format.ending())).findFirst()
                .orElseThrow(() -> new UsageException("An embedding ends in "
                        + Arrays.stream(values()).map(EmbeddingFormat::ending).collect(Collectors.joining(" or "))
                        + ", but " + file + " does not."));
    }

    /** Writes all rows, and leaves nothing or a complete file. */
    abstract void write(Path file, EmbeddingPlan plan, ImageSet images, Shards shards) throws IOException;

    private String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}

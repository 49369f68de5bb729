package org.latentmim.embedding;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.spi.ImageSet;

/**
 * A Parquet file with the columns {@code id}, {@code path}, {@code label} where the images have classes, and {@code embedding}: a
 * list of floats, or of a list of floats for each patch. Not compressed, since floats hardly shrink.
 */
final class ParquetEmbedding {

    private static final String EMBEDDING = "embedding";
    private static final String LIST = "list";
    private static final String ELEMENT = "element";
    private static final long ROW_GROUP = 64 << 20;

    private ParquetEmbedding() {}

    static void write(Path file, EmbeddingPlan plan, ImageSet images, Shards shards) throws IOException {
        AtomicWrite.file(file, channel -> {
            try (ParquetWriter<Row> writer = writer(channel, plan, images)) {
                shards.forEach((image, values) -> writer.write(new Row(image, values)));
            }
        });
    }

    private record Row(int image, ByteBuffer values) {}

    private static ParquetWriter<Row> writer(FileChannel channel, EmbeddingPlan plan, ImageSet images) throws IOException {
        String values = String.join(".", EMBEDDING, LIST, ELEMENT) + (plan.shape().size() == 1 ? "" : "." + LIST + "." + ELEMENT);
        return new Builder(new ChannelOutputFile(channel), new Rows(schema(plan), plan, images))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withDictionaryEncoding(values, false)
                .withRowGroupSize(ROW_GROUP)
                .build();
    }

    private static MessageType schema(EmbeddingPlan plan) {
        Types.GroupBuilder<MessageType> columns = Types.buildMessage()
                .required(INT64).named("id")
                .required(BINARY).as(stringType()).named("path");
        if (!plan.images().classes().isEmpty()) {
            columns.optional(BINARY).as(stringType()).named("label");
        }
        Type values = Types.required(FLOAT).named(ELEMENT);
        for (int i = 1; i < plan.shape().size(); i++) {
            values = Types.requiredList().element(values).named(ELEMENT);
        }
        return columns.addField(Types.requiredList().element(values).named(EMBEDDING)).named("embeddings");
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

        private final Rows rows;

        Builder(OutputFile file, Rows rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @Deprecated // but abstract
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }

    /** Takes a row apart. */
    private static final class Rows extends WriteSupport<Row> {

        private final MessageType schema;
        private final EmbeddingPlan plan;
        private final ImageSet images;
        private RecordConsumer to;

        Rows(MessageType schema, EmbeddingPlan plan, ImageSet images) {
            this.schema = schema;
            this.plan = plan;
            this.images = images;
        }

        @Override
        @Deprecated // but abstract
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            to = consumer;
        }

        @Override
        public void write(Row row) {
            to.startMessage();
            field("id", () -> to.addLong(row.image()));
            field("path", () -> to.addBinary(Binary.fromString(images.id(row.image()))));
            Labels.of(images, row.image()).ifPresent(label -> field("label", () -> to.addBinary(Binary.fromString(label))));
            field(EMBEDDING, () -> list(0, row.values()));
            to.endMessage();
        }

        /** Writes a dimension of the shape, and those below it. */
        private void list(int dimension, ByteBuffer values) {
            boolean ofFloats = dimension == plan.shape().size() - 1;
            long size = plan.shape().get(dimension);
            to.startGroup();
            to.startField(LIST, 0);
            for (long i = 0; i < size; i++) {
                to.startGroup();
                to.startField(ELEMENT, 0);
                if (ofFloats) {
                    to.addFloat(values.getFloat());
                } else {
                    list(dimension + 1, values);
                }
                to.endField(ELEMENT, 0);
                to.endGroup();
            }
            to.endField(LIST, 0);
            to.endGroup();
        }

        private void field(String name, Runnable value) {
            int index = schema.getFieldIndex(name);
            to.startField(name, index);
            value.run();
            to.endField(name, index);
        }
    }
}

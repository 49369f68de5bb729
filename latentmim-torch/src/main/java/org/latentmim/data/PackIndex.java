package org.latentmim.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latentmim.spi.ImageSet;

/**
 * What a packed file says about its images.
 *
 * @param channels values of a pixel
 * @param classes names of the labels, maybe none
 */
record PackIndex(PackFormat format, int channels, List<String> classes, List<Entry> entries) {

    /** An image has its bytes within two gibibytes from a multiple of one, as a mapping needs. */
    static final int LARGEST_IMAGE = 1 << 30;

    /**
     * One image.
     *
     * @param offset of its first byte in the file
     * @param length in bytes
     * @param checksum CRC-32 of its bytes
     * @param label index into the classes, or {@link ImageSet#NO_LABEL}
     */
    record Entry(long offset, int length, int checksum, int height, int width, int label, String id) {}

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(format.ordinal());
        out.writeInt(channels);
        out.writeInt(classes.size());
        for (String name : classes) {
            out.writeUTF(name);
        }
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.offset());
            out.writeInt(entry.length());
            out.writeInt(entry.checksum());
            out.writeInt(entry.height());
            out.writeInt(entry.width());
            out.writeInt(entry.label());
            out.writeUTF(entry.id());
        }
        return bytes.toByteArray();
    }

    /**
     * Reads an index and believes none of it.
     *
     * @param from the first byte that an image may have
     * @param to the byte after the last one
     * @throws IOException if it is no index of images in this place; the message says what is wrong with it
     */
    static PackIndex read(byte[] bytes, long from, long to) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format >= PackFormat.values().length) {
            throw new IOException("there is no format " + format);
        }
        int channels = in.readInt();
        if (channels != 1 && channels != 3) {
            throw new IOException("it has " + channels + " channels");
        }
        List<String> classes = new ArrayList<>();
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            classes.add(in.readUTF());
        }
        List<Entry> entries = new ArrayList<>();
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            Entry entry = new Entry(
                    in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readUTF());
            check(entry, from, to, classes.size());
            if (format == PackFormat.RAW.ordinal() && !fits(entry, channels)) {
                throw new IOException(entry.id() + " has " + entry.length() + " bytes for " + entry.height() + " x "
                        + entry.width() + " pixels with " + channels + " channels");
            }
            entries.add(entry);
        }
        if (entries.isEmpty() || in.available() > 0) {
            throw new IOException(entries.isEmpty() ? "it has no images" : "it goes on after its last image");
        }
        return new PackIndex(PackFormat.values()[format], channels, List.copyOf(classes), List.copyOf(entries));
    }

    private static boolean fits(Entry entry, int channels) {
        return entry.height() > 0 && entry.width() > 0
                && entry.length() % channels == 0
                && (long) entry.height() * entry.width() == entry.length() / channels;
    }

    private static void check(Entry entry, long from, long to, int classes) throws IOException {
        if (entry.length() < 1 || entry.length() > LARGEST_IMAGE
                || entry.offset() < from || entry.offset() > to - entry.length()) {
            throw new IOException(entry.id() + " would lie at " + entry.offset() + " with " + entry.length()
                    + " bytes, outside of " + from + " to " + to);
        }
        if (entry.label() < ImageSet.NO_LABEL || entry.label() >= classes) {
            throw new IOException(entry.id() + " has the label " + entry.label() + " of " + classes + " classes");
        }
    }
}

package org.latentmim.data;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

/** CIFAR-10 in its binary form: records of a label and of 32 x 32 pixels, first all red, then all green, then all blue values. */
final class CifarBinaryImageSet implements ImageSet {

    @Meaning("CIFAR-10 in its binary form, as data_batch_1.bin to data_batch_5.bin and test_batch.bin")
    record Config(@Meaning("the files, in the order of the images") List<Path> files) {

        Config {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("files must name at least one file, but is empty");
            }
        }
    }

    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + 3 * PLANE;

    private record Place(String file, MappedByteBuffer bytes, int record) {

        int label() {
            return bytes.get(record * RECORD) & 0xff;
        }
    }

    private final List<Place> places = new ArrayList<>();

    @Inject
    CifarBinaryImageSet(Config config) {
        config.files().forEach(this::add);
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public ImageData read(int index) {
        Place place = places.get(index);
        byte[] planes = new byte[3 * PLANE];
        place.bytes().get(place.record() * RECORD + 1, planes);
        byte[] pixels = new byte[3 * PLANE];
        for (int i = 0; i < PLANE; i++) {
            for (int channel = 0; channel < 3; channel++) {
                pixels[3 * i + channel] = planes[channel * PLANE + i];
            }
        }
        return new ImageData.Pixels(SIDE, SIDE, 3, pixels);
    }

    @Override
    public String id(int index) {
        Place place = places.get(index);
        return place.file() + "#" + place.record();
    }

    @Override
    public int label(int index) {
        return places.get(index).label();
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    private void add(Path file) {
        MappedByteBuffer bytes = map(file);
        for (int i = 0; i < bytes.capacity() / RECORD; i++) {
            Place place = new Place(file.getFileName().toString(), bytes, i);
            if (place.label() >= CLASSES.size()) {
                throw new IllegalArgumentException("image " + i + " of " + file + " has the label " + place.label()
                        + ", but CIFAR-10 has the labels 0 to 9: it is not a CIFAR-10 binary file");
            }
            places.add(place);
        }
    }

    private static MappedByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size == 0 || size % RECORD != 0 || size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(file + " is not a CIFAR-10 binary file: its size of " + size
                        + " bytes is no multiple of " + RECORD + " between " + RECORD + " and " + Integer.MAX_VALUE);
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }
}

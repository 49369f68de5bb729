package org.latentmim.data;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.spi.Default;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Meaning;

/** The images of a folder with a label map each, which lies in another folder under the same path but for the ending. */
final class SegmentedImageSet implements ImageSet {

    @Meaning("Images with the class of every pixel: a grey or palette PNG for each, whose stored numbers are the classes")
    record Config(
            @Meaning("the folder of the images") Path images,
            @Meaning("the folder of the maps, each named as its image is, but for the ending") Path maps,
            @Meaning("names of the numbers 0, 1, ... in the maps, from 1 to 255 names; pixels of other numbers are not judged")
                    List<String> classes,
            @Default("[]") @Meaning("names of classes whose pixels are not judged") List<String> ignore,
            @Meaning("values of a pixel: 3 for colour, 1 for grey") @Default("3") int channels) {

        Config {
            classes = List.copyOf(classes);
            ignore = List.copyOf(ignore);
            if (classes.isEmpty() || classes.size() > NOT_JUDGED) {
                throw new IllegalArgumentException("classes must be from 1 to " + NOT_JUDGED + ", but are " + classes.size());
            }
            if (new HashSet<>(classes).size() < classes.size()) {
                throw new IllegalArgumentException("classes must name each class once, but are " + classes);
            }
            for (String ignored : ignore) {
                if (!classes.contains(ignored)) {
                    throw new IllegalArgumentException("ignore must name classes, but '" + ignored + "' is none of " + classes);
                }
            }
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("channels must be 1 or 3, but is " + channels);
            }
        }
    }

    private static final int NOT_JUDGED = 255;
    private static final String MAP_ENDING = ".png";

    private final Config config;
    private final FolderImageSet images;
    private final FolderImageSet maps;
    private final int[] mapOf;

    @Inject
    SegmentedImageSet(Config config) {
        this.config = config;
        images = new FolderImageSet(new FolderImageSet.Config(config.images(), config.channels()));
        maps = new FolderImageSet(new FolderImageSet.Config(config.maps(), 1));
        mapOf = pair();
    }

    private int[] pair() {
        Map<String, Integer> byStem = new HashMap<>();
        for (int map = 0; map < maps.size(); map++) {
            if (maps.id(map).toLowerCase(Locale.ROOT).endsWith(MAP_ENDING)) {
                byStem.putIfAbsent(stem(maps.id(map)), map);
            }
        }
        List<String> missing = IntStream.range(0, images.size()).mapToObj(images::id)
                .filter(id -> !byStem.containsKey(stem(id)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("there is no label map " + stem(missing.get(0)) + MAP_ENDING + " in "
                    + config.maps() + " for the image " + missing.get(0)
                    + (missing.size() == 1 ? "" : ", nor one for " + (missing.size() - 1) + " other images"));
        }
        return IntStream.range(0, images.size()).map(image -> byStem.get(stem(images.id(image)))).toArray();
    }

    private static String stem(String id) {
        return id.substring(0, id.lastIndexOf('.'));
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int channels() {
        return images.channels();
    }

    @Override
    public ImageData read(int index) throws IOException {
        return images.read(index);
    }

    @Override
    public String id(int index) {
        return images.id(index);
    }

    @Override
    public List<String> classes() {
        return config.classes();
    }

    @Override
    public Optional<LabelMap> labelMap(int index) throws IOException {
        LabelMap map = readMap(index);
        try (PointerScope scope = new PointerScope()) {
            NativeImage image = new ImageDecoder(channels()).decode(read(index), id(index));
            if (image.height() != map.height() || image.width() != map.width()) {
                throw new IOException(String.format(Locale.ROOT,
                        "the label map %s has %d x %d pixels, but its image %s has %d x %d", maps.id(mapOf[index]), map.height(),
                        map.width(), id(index), image.height(), image.width()));
            }
        }
        for (int i = 0; i < map.classes().length; i++) {
            int named = Byte.toUnsignedInt(map.classes()[i]);
            if (named >= classes().size() || config.ignore().contains(classes().get(named))) {
                map.classes()[i] = (byte) NOT_JUDGED;
            }
        }
        return Optional.of(map);
    }

    private LabelMap readMap(int index) throws IOException {
        byte[] file = ((ImageData.Encoded) maps.read(mapOf[index])).bytes();
        try {
            return LabelMapFile.read(file);
        } catch (IOException e) {
            throw new IOException("cannot read the label map " + config.maps().resolve(maps.id(mapOf[index])) + ": "
                    + e.getMessage(), e);
        }
    }
}

package org.latentmim.examples;

import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.latentmim.data.IdxImages;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

/** The test images of Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv 1708.07747), which lie beside this class. */
final class FashionMnistImageSet implements ImageSet {

    @Meaning("10,000 labelled images of clothes, grey, 28 x 28 pixels, that come with the program")
    record Config() {}

    private static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
            "Sneaker", "Bag", "Ankle boot");

    private final IdxImages images;

    @Inject
    FashionMnistImageSet(Config config) throws IOException {
        try (InputStream pixels = open("t10k-images-idx3-ubyte.gz"); InputStream labels = open("t10k-labels-idx1-ubyte.gz")) {
            images = IdxImages.read(pixels, labels, CLASSES, "fashion-mnist");
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream stream = FashionMnistImageSet.class.getResourceAsStream("/fashion-mnist/" + file);
        if (stream == null) {
            throw new FileNotFoundException("fashion-mnist/" + file + " is missing from the program");
        }
        return stream;
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
    public ImageData read(int index) {
        return images.read(index);
    }

    @Override
    public String id(int index) {
        return images.id(index);
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public List<String> classes() {
        return images.classes();
    }
}

package org.latentmim.examples;

import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.latentmim.data.IdxImages;
import org.latentmim.spi.Meaning;

/** The test images of Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv 1708.07747), which lie beside this class. */
final class FashionMnistImageSet extends IdxImages {

    @Meaning("10,000 labelled images of clothes, grey, 28 x 28 pixels, that come with the program")
    record Config() {}

    private static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
            "Sneaker", "Bag", "Ankle boot");

    @Inject
    FashionMnistImageSet(Config config) throws IOException {
        super(embedded());
    }

    private static IdxImages embedded() throws IOException {
        try (InputStream pixels = open("t10k-images-idx3-ubyte.gz"); InputStream labels = open("t10k-labels-idx1-ubyte.gz")) {
            return IdxImages.read(pixels, labels, CLASSES, "fashion-mnist");
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream stream = FashionMnistImageSet.class.getResourceAsStream("/fashion-mnist/" + file);
        if (stream == null) {
            throw new FileNotFoundException("fashion-mnist/" + file + " is missing from the program");
        }
        return stream;
    }
}

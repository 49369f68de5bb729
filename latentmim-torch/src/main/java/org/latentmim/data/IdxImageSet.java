package org.latentmim.data;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latentmim.spi.Meaning;

/** {@link IdxImages} from files. */
final class IdxImageSet extends IdxImages {

    @Meaning("Grey images in the IDX format of MNIST, compressed by gzip or not")
    record Config(
            @Meaning("the file of the images, as train-images-idx3-ubyte.gz") Path images,
            @Meaning("the file of the labels, as train-labels-idx1-ubyte.gz") Optional<Path> labels) {}

    @Inject
    IdxImageSet(Config config) {
        super(read(config));
    }

    private static IdxImages read(Config config) {
        String name = config.images().toString();
        try (InputStream pixels = Files.newInputStream(config.images())) {
            if (config.labels().isEmpty()) {
                return IdxImages.read(pixels, name);
            }
            try (InputStream labels = Files.newInputStream(config.labels().get())) {
                return IdxImages.read(pixels, labels, List.of(), name);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the images: " + e.getMessage(), e);
        }
    }
}

package org.latentmim.representation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.checkpoint.Safetensors;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/**
 * Features in a folder, a file for each representation and set of images, named by the checksums of both: other weights, another view
 * or other images are another file. Of the images all names and the content of 16 count.
 *
 * @param folder which is made when there is something to keep
 */
public record KeptFeatures(Path folder) {

    private static final String FEATURES = "features";

    /**
     * Returns features, from the folder if they are there, or else found and kept for the next time.
     *
     * @return {@code [n, D]}, in the caller's scope
     * @throws IOException if an image cannot be read
     * @throws FailureException if a file cannot be read or written
     */
    Tensor of(Representation representation, ImageSet images) throws IOException {
        Optional<String> known = representation.fingerprint();
        if (known.isEmpty()) {
            return representation.features(images);
        }
        String name = representation.name() + "-" + new Fingerprint().add(known.get()).add(images).text().substring(0, 32);
        Path file = folder.resolve(name + ".safetensors");
        if (Files.exists(file)) {
            try (Safetensors kept = Safetensors.open(file)) {
                return kept.read(FEATURES);
            }
        }
        Tensor features = representation.features(images);
        new OutputFolder(folder).make();
        Safetensors.write(file, Map.of(FEATURES, features), Map.of("protocol", representation.protocol()));
        return features;
    }
}

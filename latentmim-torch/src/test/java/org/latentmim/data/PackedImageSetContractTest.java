package org.latentmim.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.spi.ImageSet;
import org.latentmim.testing.ImageSetContract;

@ParameterizedClass
@EnumSource
class PackedImageSetContractTest extends ImageSetContract {

    private final PackFormat format;

    @TempDir
    private Path temporary;

    PackedImageSetContractTest(PackFormat format) {
        this.format = format;
    }

    @Override
    protected ImageSet images() throws IOException {
        Path file = temporary.resolve("images.pack");
        if (!Files.exists(file)) {
            for (int i = 0; i < 5; i++) {
                Path folder = Files.createDirectories(temporary.resolve("images/" + i % 2));
                Files.write(folder.resolve(i + ".jpg"), ImageFiles.redAndBlue(8 + i, 9, BufferedImage.TYPE_INT_RGB, "jpg"));
            }
            new ImagePacker(format, OptionalInt.empty(), 3, 0).pack(temporary.resolve("images"), file, (images, share) -> true);
        }
        return new PackedImageSet(new PackedImageSet.Config(file));
    }
}

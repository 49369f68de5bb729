package org.latentmim.representation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Sha256;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/** Checksums by which features that were kept are known again. */
final class Fingerprint {

    private static final int SAMPLES = 16;

    private final Sha256 sum = new Sha256();

    Fingerprint add(Object words) {
        sum.add(ByteBuffer.wrap((words + "\n").getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Adds every number of some tensors. */
    Fingerprint add(Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            add(name);
            try (PointerScope scope = new PointerScope()) {
                Tensor numbers = tensor.detach().cpu().contiguous();
                sum.add(new BytePointer(numbers.data_ptr()).limit(numbers.nbytes()).asByteBuffer());
            }
        });
        return this;
    }

    /** Adds how many images there are, what they are called, and the content of some. */
    Fingerprint add(ImageSet images) throws IOException {
        add(images.size());
        for (int index = 0; index < images.size(); index++) {
            add(images.id(index));
        }
        for (int i = 0; i < Math.min(SAMPLES, images.size()); i++) {
            ImageData image = images.read((int) ((long) i * images.size() / Math.min(SAMPLES, images.size())));
            sum.add(ByteBuffer.wrap(image instanceof ImageData.Encoded file
                    ? file.bytes()
                    : ((ImageData.Pixels) image).values()));
        }
        return this;
    }

    String text() {
        return sum.text();
    }
}

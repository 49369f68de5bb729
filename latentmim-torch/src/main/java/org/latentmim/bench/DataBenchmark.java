package org.latentmim.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.ImageDecoder;
import org.latentmim.data.Loader;
import org.latentmim.data.NativeImage;
import org.latentmim.data.TrainingView;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/** Times the way of training images into batches: its two stages on one thread, and the loader with all its threads. */
public final class DataBenchmark {

    private static final int IMAGES = 64;
    private static final int FEWEST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 30;
    private static final long NANOS = 2_000_000_000L;

    private final ImageSet images;
    private final TrainingView view;
    private final Randomness randomness;
    private final Loader loader;
    private final int batch;
    private final int threads;
    private final byte[] target;

    /** Prepares to time the images of a recipe. */
    public DataBenchmark(Pretraining pretraining) {
        this.images = pretraining.assembly().trainImages();
        this.view = new TrainingView(pretraining.assembly().grid(), pretraining.assembly().get(AugmentationConfig.class));
        this.randomness = pretraining.assembly().get(Randomness.class);
        this.loader = pretraining.assembly().get(Loader.class);
        this.batch = pretraining.recipe().train().batch();
        this.threads = Math.min(
                pretraining.recipe().runtime().workersOrDefault(), Runtime.getRuntime().availableProcessors());
        this.target = new byte[view.height() * view.width() * view.channels()];
    }

    /**
     * Measures all there is.
     *
     * @throws FailureException if an image cannot be read
     */
    public List<Measurement> measure() {
        List<Measurement> measurements = new ArrayList<>(onOneThread());
        Measurement all = LoaderBenchmark.measure(loader, batch);
        measurements.add(all);
        measurements.add(new Measurement("loader, each core", all.unit(), all.value() / threads, all.low() / threads,
                all.high() / threads, all.samples()));
        return measurements;
    }

    /** Torch's number of threads belongs to the thread that sets it. */
    private List<Measurement> onOneThread() {
        FutureTask<List<Measurement>> task = new FutureTask<>(() -> {
            torch.set_num_threads(1);
            return stages();
        });
        new Thread(task, "data-benchmark").start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted while timing images", e);
        } catch (ExecutionException e) {
            throw new FailureException("timing images failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private List<Measurement> stages() throws IOException {
        DecodedImages decoded = decoded();
        List<double[]> rounds = new ArrayList<>();
        round(decoded); // not counted
        long began = System.nanoTime();
        while (rounds.size() < FEWEST_ROUNDS || rounds.size() < MOST_ROUNDS && System.nanoTime() - began < NANOS) {
            rounds.add(round(decoded));
        }
        return List.of(
                rate("read and decode", rounds.stream().mapToDouble(round -> round[0]).toArray()),
                rate("crop and resize", rounds.stream().mapToDouble(round -> round[1]).toArray()),
                rate("both, one thread", rounds.stream().mapToDouble(round -> round[0] + round[1]).toArray()));
    }

    /** Seconds of the two stages, image by image in turn. */
    private double[] round(DecodedImages decoded) throws IOException {
        long decoding = 0;
        long viewing = 0;
        for (int i = 0; i < decoded.size(); i++) {
            int image = decoded.original(i);
            long began = System.nanoTime();
            try (PointerScope scope = new PointerScope()) {
                decode(image);
            }
            long between = System.nanoTime();
            view.render(decoded, i, purpose -> randomness.generator(purpose, 0, image), target, 0);
            viewing += System.nanoTime() - between;
            decoding += between - began;
        }
        return new double[] {decoding / 1e9 / decoded.size(), viewing / 1e9 / decoded.size()};
    }

    private NativeImage decode(int image) throws IOException {
        return new ImageDecoder(view.channels()).decode(images.read(image), images.id(image));
    }

    private DecodedImages decoded() throws IOException {
        int count = Math.min(IMAGES, images.size());
        int[] originals = new int[count];
        List<ImageData.Pixels> pixels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            originals[i] = (int) ((long) i * images.size() / count); // from all over the set
            try (PointerScope scope = new PointerScope()) {
                NativeImage image = decode(originals[i]);
                byte[] values = new byte[image.height() * image.width() * view.channels()];
                image.copyTo(values, 0);
                pixels.add(new ImageData.Pixels(image.height(), image.width(), view.channels(), values));
            }
        }
        return new DecodedImages(originals, pixels, view.channels());
    }

    private static Measurement rate(String name, double[] seconds) {
        double[] rates = new double[seconds.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = 1 / seconds[i];
        }
        return Measurement.of(name, Unit.IMAGES_PER_SECOND, rates);
    }

    /** Some images of a set, decoded before. */
    private record DecodedImages(int[] originals, List<ImageData.Pixels> pixels, int channels) implements ImageSet {

        int original(int index) {
            return originals[index];
        }

        @Override
        public int size() {
            return originals.length;
        }

        @Override
        public ImageData read(int index) {
            return pixels.get(index);
        }

        @Override
        public String id(int index) {
            return Integer.toString(originals[index]);
        }
    }
}

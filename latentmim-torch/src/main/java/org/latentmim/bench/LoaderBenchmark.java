package org.latentmim.bench;

import org.latentmim.bench.Measurement.Unit;
import org.latentmim.data.Loader;

/** Times the loader by itself: nobody else is at work. */
final class LoaderBenchmark {

    private static final int AHEAD = 4;
    private static final int SAMPLES = 5;
    private static final long NANOS_PER_SAMPLE = 300_000_000L;

    private LoaderBenchmark() {}

    static Measurement measure(Loader loader, int batch) {
        loader.start(0, 0);
        try (loader) {
            for (int i = 0; i < AHEAD; i++) {
                loader.next(); // was made before the clock runs
            }
            double[] rates = new double[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                long began = System.nanoTime();
                long nanos = 0;
                long images = 0;
                while (images < 2L * batch || nanos < NANOS_PER_SAMPLE) {
                    loader.next();
                    images += batch;
                    nanos = System.nanoTime() - began;
                }
                rates[i] = images * 1e9 / nanos;
            }
            return Measurement.of("loader", Unit.IMAGES_PER_SECOND, rates);
        }
    }
}

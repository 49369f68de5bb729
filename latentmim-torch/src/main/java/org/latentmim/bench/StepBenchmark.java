package org.latentmim.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Recomputation;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Progress;
import org.latentmim.train.LatentMim;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.StepLog;
import org.latentmim.train.TrainConfig;
import org.latentmim.train.TrainStep;

/**
 * Times the train step: first as it is, on batches that were loaded before; then, in a pass of its own, phase by phase with the
 * loader at work, waiting for the device after each. The weights move as in a training.
 */
public final class StepBenchmark {

    /** Steps before those that are timed. */
    public static final int WARM_UP = 3;

    private static final int DIFFERENT_BATCHES = 4;

    private final Loader loader;
    private final TrainConfig config;
    private final PatchReader reader;
    private final Compute compute;
    private final Recomputation recompute;
    private final PhaseClock clock;
    private final LatentMim model;
    private final TrainStep step;
    private final Progress progress;
    private final StepLog log = new StepLog();

    /** Prepares to time the step of a recipe. */
    public StepBenchmark(Pretraining pretraining) {
        this.loader = pretraining.assembly().get(Loader.class);
        this.config = pretraining.recipe().train();
        this.reader = pretraining.assembly().get(PatchReader.class);
        this.compute = pretraining.compute();
        this.recompute = pretraining.assembly().get(Recomputation.class);
        this.clock = new PhaseClock(() -> DeviceQueue.await(compute));
        this.model = TimedModel.of(pretraining.assembly().get(LatentMim.class), clock);
        this.step = new TrainStep(model, reader, new Optimization(config, model.parts()),
                pretraining.assembly().get(Randomness.class), compute);
        this.progress = pretraining.plan().progress(0);
    }

    /**
     * Measures all there is.
     *
     * @param counter that observes the encoders of the recipe
     * @param steps to time, at least 1
     */
    public List<Measurement> measure(FlopCounter counter, int steps) {
        double[] seconds = seconds(steps);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.of("step", Unit.IMAGES_PER_SECOND, rates(config.globalBatch(), seconds)));
        Memory.peak().ifPresent(bytes -> measurements.add(mebibytes("peak memory", bytes)));
        Memory.peakOnDevice(compute).ifPresent(bytes -> measurements.add(mebibytes("peak memory of device", bytes)));

        Map<Phase, double[]> phases = phases(steps);
        double[] whole = new double[steps];
        phases.forEach((phase, milliseconds) -> Arrays.setAll(whole, i -> whole[i] + milliseconds[i] / 1e3));
        measurements.add(Measurement.of("step while loading", Unit.IMAGES_PER_SECOND, rates(config.globalBatch(), whole)));
        measurements.add(LoaderBenchmark.measure(loader, config.batch()));
        phases.forEach((phase, milliseconds) ->
                measurements.add(Measurement.of(phase.toString(), Unit.MILLISECONDS, milliseconds)));

        Flops products = products(counter);
        Measurement peak = MatrixProduct.measure(compute);
        double[] speeds = rates(products.all() * config.globalBatch() / 1e9, seconds);
        measurements.add(Measurement.of("products forward", Unit.GIGAFLOP, products.forward() / 1e9));
        measurements.add(Measurement.of("products backward", Unit.GIGAFLOP, products.backward() / 1e9));
        measurements.add(Measurement.of("products", Unit.GIGAFLOPS, speeds));
        measurements.add(peak);
        measurements.add(Measurement.of("share of a matrix product", Unit.PERCENT_OF_PEAK,
                Arrays.stream(speeds).map(speed -> 100 * speed / peak.value()).toArray()));
        return measurements;
    }

    /** Returns how long each step takes, on batches that were loaded before. */
    public double[] seconds(int steps) {
        List<List<Batch>> loaded = loaded();
        double[] seconds = new double[steps];
        for (int i = -WARM_UP; i < steps; i++) {
            long began = System.nanoTime();
            step.run(loaded.get((i + WARM_UP) % loaded.size()), progress, log);
            log.readLoss(); // waits for the device
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - began) / 1e9;
            }
        }
        return seconds;
    }

    private List<List<Batch>> loaded() {
        loader.start(0, 0);
        try (loader) {
            return Stream.generate(() -> loader.next(config.accumulation())).limit(DIFFERENT_BATCHES).toList();
        }
    }

    private Map<Phase, double[]> phases(int steps) {
        Map<Phase, double[]> phases = new EnumMap<>(Phase.class);
        clock.start();
        loader.start(0, 0);
        try (loader) {
            for (int i = -1; i < steps; i++) {
                stepByPhases();
                int at = i;
                clock.read().forEach((phase, milliseconds) -> {
                    if (at >= 0) {
                        phases.computeIfAbsent(phase, key -> new double[steps])[at] = milliseconds;
                    }
                });
            }
        }
        return phases;
    }

    /** The four parts of the train step; the clock stands beside the networks and losses. */
    private void stepByPhases() {
        clock.enter(Phase.TARGET_UPDATE);
        step.begin(progress, log);
        clock.enter(Phase.DATA_WAIT);
        List<Batch> batches = loader.next(config.accumulation());
        for (Batch batch : batches) {
            try (PointerScope scope = new PointerScope()) {
                clock.enter(Phase.PATCHES);
                MaskedPatches patches = reader.masked(batch, progress);
                clock.enter(Phase.TARGET);
                step.learn(patches, progress, 1.0 / batches.size(), log);
            }
        }
        clock.enter(Phase.OPTIMIZER);
        step.update(log);
        clock.stop();
    }

    /**
     * Counts the products of one image.
     *
     * @param counter that observes the encoders of the recipe
     */
    public Flops products(FlopCounter counter) {
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches patches = reader.masked(loaded().get(0).get(0), progress);
            return recompute.without(() -> counter.count(() -> model.loss(step.reconstruct(patches), progress, log)))
                    .dividedBy(config.batch());
        }
    }

    static Measurement mebibytes(String name, long bytes) {
        return Measurement.of(name, Unit.MEBIBYTES, bytes / (double) (1 << 20));
    }

    private static double[] rates(double amount, double[] seconds) {
        return Arrays.stream(seconds).map(time -> amount / time).toArray();
    }
}

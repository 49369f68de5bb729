package org.latentmim.train;

import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Progress;

/** The parts of a tiny recipe that a step needs. */
record TinyModel(Assembly assembly, LatentMim model, PatchReader reader, Compute compute, Optimization optimization,
        TrainStep step) {

    static final Progress START = new Progress(0, 12, 0, 2, 1);

    static TinyModel with(String... overrides) {
        Assembly assembly = Assembly.of(TinyRecipe.with(overrides));
        LatentMim model = assembly.get(LatentMim.class);
        PatchReader reader = assembly.get(PatchReader.class);
        Compute compute = assembly.get(Compute.class);
        Optimization optimization = new Optimization(assembly.recipe().train(), model.parts());
        return new TinyModel(assembly, model, reader, compute, optimization,
                new TrainStep(model, reader, optimization, assembly.get(Randomness.class), compute));
    }

    Objective objective() {
        return model.objectives().get(0);
    }

    Loader loader() {
        return assembly.get(Loader.class);
    }

    /** The first batch of the first epoch. */
    Batch batch() {
        try (Loader loader = loader()) {
            loader.start(0, 0);
            return loader.next();
        }
    }
}

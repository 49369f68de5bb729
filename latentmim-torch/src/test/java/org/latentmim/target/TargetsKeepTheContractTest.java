package org.latentmim.target;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.checkpoint.Safetensors;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.testing.TargetUpdaterContract;

/** Every target of the catalogue, built as a recipe would. */
@ParameterizedClass
@ValueSource(strings = {
    "{name: momentum}",
    "{name: momentum, view: all, normalize: true, from: null, half-life: 16}",
    "{name: layer-average, layers: 2}",
    "{name: layer-average, layers: 1, norm: instance, view: masked, normalize: false}",
    "{name: shared}",
    "{name: shared, view: all, normalize: true}",
    "{name: stop-gradient, view: all}",
    "{name: frozen-checkpoint, path: SAVED}",
    "{name: frozen-random, width: 5, normalize: true}",
    "{name: pixels}",
    "{name: pixels, normalize: false}",
    "{name: hog}"
})
class TargetsKeepTheContractTest extends TargetUpdaterContract {

    @Parameter
    String target;

    @TempDir
    Path folder;

    @BeforeEach
    void saveAnEncoder() {
        if (target.contains("SAVED")) {
            Safetensors.write(saved(), new NamedTensors()
                    .add("encoder", TinyTarget.on(grid(), "{name: pixels}").online().parameters().all()).all(), Map.of());
        }
    }

    @Override
    protected TargetUpdater updater(PatchGrid grid) {
        return TinyTarget.on(grid, target.replace("SAVED", saved().toString())).updater();
    }

    @Override
    protected boolean learnsJointly() {
        return target.contains("shared");
    }

    private Path saved() {
        return folder.resolve("saved.safetensors");
    }
}

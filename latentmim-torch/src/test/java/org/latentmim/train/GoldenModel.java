package org.latentmim.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.losses.LossesPlugin;
import org.latentmim.masking.MaskingPlugin;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Component;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.Progress;
import org.latentmim.target.TargetPlugin;
import org.latentmim.testing.Recording;
import org.latentmim.vit.VitPlugin;

/** A recorded model, put together from a recipe as any other, with the recorded weights. */
record GoldenModel(Recording recording, Recipe recipe, Assembly assembly, LatentMim model, TrainStep step, Compute compute) {

    /** The schedules' ends, of which the recordings hold one point: where they began. */
    static final Progress PROGRESS = new Progress(0, 1, 0, 1, 1);

    static GoldenModel of(Recording recording, String precision) {
        Recipe recipe = recipe(recording, precision);
        Assembly assembly = Assembly.of(recipe);
        Compute compute = Compute.of(recipe.runtime());
        LatentMim model =
                new LatentMim(assembly.onlineEncoder(), assembly.objectives()).placedOn(compute);
        GoldenModel golden =
                new GoldenModel(recording, recipe, assembly, model,
                        new TrainStep(model, null, new Optimization(recipe.train(), model.parts()), new Randomness(0), compute),
                        compute);
        golden.load();
        return golden;
    }

    private static Recipe recipe(Recording recording, String precision) {
        Map<String, Object> config = recording.config();
        boolean constrained = (Double) config.get("avg_sim_coeff") > 0;
        List<?> betas = (List<?>) config.get("train_betas");
        String loss = config.get("loss").equals("norm_l2")
                ? "{ name: normalized-l2 }"
                : "{ name: patch-discrimination, temperature: " + config.get("tau") + " }";
        String constraint = "  - { name: similarity-constraint, weight: " + config.get("avg_sim_coeff") + ", from: "
                + config.get("sim_target") + ", to: " + config.get("sim_target") + " }\n";
        String yaml = String.join("\n",
                "runtime: { precision: " + precision + ", device: cpu }",
                "images: { train: blank, mean: [0, 0, 0], deviation: [1, 1, 1] }",
                "grid: { rows: G, columns: G, patch-size: " + whole(config, "patch_size") + ", gap: " + whole(config, "patch_gap") + " }",
                "masking: { name: random, visible: " + whole(config, "num_vis") + " }",
                "encoder: { name: vit, width: " + whole(config, "embed_dim") + ", depth: " + whole(config, "depth") + ", heads: "
                        + whole(config, "num_heads") + ", mlp-ratio: " + config.get("mlp_ratio") + ",",
                "  projector: { depth: " + whole(config, "proj_mlp_depth") + ", width: " + whole(config, "proj_mlp_dim") + " } }",
                "decoder: { name: cross-attention, width: " + whole(config, "decoder_embed_dim") + ", depth: "
                        + whole(config, "decoder_depth") + ", heads: " + whole(config, "decoder_num_heads") + ", visual-cues: "
                        + config.get("avg_vis_mask_token") + " }",
                "target: { name: momentum, from: " + config.get("momentum") + ", view: "
                        + ((Boolean) config.get("mask_target") ? "masked" : "all") + " }",
                "losses:",
                "  - " + loss,
                (constrained ? constraint : "") + "train: { epochs: 1, batch: " + whole(config, "batch") + ", floor: 1, base-learning-rate: "
                        + (Double) config.get("train_lr") * 256 / (Double) config.get("batch") + ", weight-decay: "
                        + config.get("train_weight_decay") + ", betas: " + betas + " }",
                "").replace("G,", whole(config, "grid_size") + ",");
        try {
            Path file = Files.createTempFile("golden", ".yaml");
            Files.writeString(file, yaml);
            Recipe recipe = new RecipeReader(
                    Catalogue.of(List.of(new VitPlugin(), new TargetPlugin(), new LossesPlugin(), new MaskingPlugin(), new TrainPlugin(),
                            new BlankPlugin())),
                    BuiltInRecipes.NONE).read(file.toString(), List.of());
            Files.delete(file);
            return recipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long whole(Map<String, Object> config, String key) {
        return Math.round((Double) config.get(key));
    }

    /** Copies the recorded initial weights; they must have the names that ours have. */
    private void load() {
        Set<String> names = new HashSet<>();
        try (NoGradGuard frozen = new NoGradGuard()) {
            model.parts().forEach((prefix, part) -> part.all().forEach((name, tensor) -> {
                names.add("init." + prefix + "." + name);
                tensor.copy_(recording.tensor("init." + prefix + "." + name));
            }));
        }
        Assertions.assertThat(names).isEqualTo(
                new HashSet<>(recording.names().stream().filter(name -> name.startsWith("init.")).toList()));
    }

    Objective objective() {
        return model.objectives().get(0);
    }

    /** The recorded patches and ids. */
    MaskedPatches patches() {
        ScalarType type = compute.type();
        return new MaskedPatches(
                recording.tensor("patches").to(type), recording.tensor("visible_ids"), recording.tensor("mask_ids"),
                recording.tensor("visible_ids").narrow(1, 0, 0));
    }

    static double[] doubles(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor flat = tensor.detach().to(ScalarType.Double).contiguous();
            double[] values = new double[(int) flat.numel()];
            flat.data_ptr_double().get(values);
            return values;
        }
    }

    public static final class BlankPlugin implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(Component.of(ImageSet.class, "blank", Blank.class));
        }
    }

    static final class Blank implements ImageSet {

        @jakarta.inject.Inject
        Blank() {}

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public ImageData read(int index) {
            return new ImageData.Pixels(1, 1, 3, new byte[3]);
        }

        @Override
        public String id(int index) {
            return "blank";
        }
    }
}

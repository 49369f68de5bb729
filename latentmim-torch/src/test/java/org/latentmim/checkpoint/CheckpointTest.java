package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Parameters;

class CheckpointTest {

    @TempDir
    Path folder;

    @Test
    void putsAllOfAMomentIntoOneFolder() throws IOException {
        Checkpoint checkpoint = Checkpoint.write(folder, state(1000), Map.of(
                Checkpoint.MODEL, model(1), "optimizer", new NamedTensors().add("steps", Map.of("count", ones(1)))));
        assertThat(checkpoint.folder()).isEqualTo(folder.resolve("step-000001000"));
        assertThat(entries(checkpoint.folder())).containsExactly("model.safetensors", "optimizer.safetensors", "state.json");
        assertThat(entries(folder)).containsExactly("latest", "step-000001000");
        assertThat(folder.resolve("latest")).hasContent("step-000001000");
        assertThat(checkpoint.has("optimizer")).isTrue();
        assertThat(checkpoint.has("scaler")).isFalse();
        try (Safetensors file = Safetensors.open(checkpoint.file(Checkpoint.MODEL))) {
            assertThat(file.names()).containsExactlyInAnyOrder("encoder.weight", "encoder.positions", "loss.swav.prototypes");
            assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "step", "1000"));
        }
    }

    @Test
    void saysOfItselfWhenAndByWhatItWasWritten() {
        Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, model(1)));
        CheckpointState state = Checkpoint.open(folder).state();
        assertThat(state.format()).isEqualTo(2);
        assertThat(state.step()).isEqualTo(20);
        assertThat(state.epoch()).isEqualTo(1.5);
        assertThat(state.time()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(state.versions()).containsOnlyKeys("java", "latentmim", "pytorch");
        assertThat(state.versions().get("pytorch")).startsWith("2.");
    }

    @Test
    void bringsEveryNumberBackIntoTheSameTensors() {
        Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, model(3)));
        Parameters encoder = encoder(0);
        Parameters loss = loss(0);
        NamedTensors model = new NamedTensors().add("encoder", encoder.all()).add("loss.swav", loss.all());
        Tensor weight = encoder.all().get("weight");
        Checkpoint.open(folder).load(Checkpoint.MODEL, model);
        assertThat(encoder.all().get("weight")).isSameAs(weight);
        assertThat(weight.requires_grad()).isTrue();
        assertThat(weight.eq(new Scalar(3)).all().item_bool()).isTrue();
        assertThat(encoder.all().get("positions").eq(new Scalar(3)).all().item_bool()).isTrue();
        assertThat(loss.all().get("prototypes").eq(new Scalar(3)).all().item_bool()).isTrue();
    }

    @Test
    void convertsNumbersToTheTypeOfTheModel() {
        Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, new NamedTensors().add("x", Map.of("y", ones(2)))));
        Tensor half = zeros(new long[] {2}, new TensorOptions(ScalarType.BFloat16));
        Checkpoint.open(folder).load(Checkpoint.MODEL, new NamedTensors().add("x", Map.of("y", half)));
        assertThat(half.eq(new Scalar(1)).all().item_bool()).isTrue();
    }

    @Test
    void listsAllThatDoesNotFitAndCopiesNothing() {
        Checkpoint checkpoint = Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, model(3)));
        Tensor positions = zeros(4);
        NamedTensors other = new NamedTensors().add("encoder", Map.of("positions", positions))
                .add("encoder.head", Map.of("bias", zeros(1)))
                .add("loss.swav", Map.of("prototypes", zeros(9, 2)));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> checkpoint.load(Checkpoint.MODEL, other))
                .withMessage(checkpoint.file(Checkpoint.MODEL) + " does not fit this model, 3 problems:\n"
                        + "  missing encoder.head.bias\n"
                        + "  loss.swav.prototypes has the shape [5, 2] in the file, but [9, 2] in this model\n"
                        + "  unexpected encoder.weight");
        assertThat(positions.abs().sum().item_double()).isZero();
    }

    @Test
    void givesAPartOfItToWhoWantsNoMore() {
        Checkpoint checkpoint = Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, model(3)));
        Parameters encoder = encoder(0);
        try (Safetensors file = Safetensors.open(checkpoint.file(Checkpoint.MODEL))) {
            new NamedTensors().add("encoder", encoder.all()).copyPartFrom(file);
        }
        assertThat(encoder.all().get("weight").eq(new Scalar(3)).all().item_bool()).isTrue();
    }

    @Test
    void opensTheNewestAndReplacesTheSameStep() throws IOException {
        Checkpoint.write(folder, state(10), Map.of(Checkpoint.MODEL, model(1)));
        Checkpoint.write(folder, state(20), Map.of(Checkpoint.MODEL, model(2)));
        assertThat(Checkpoint.open(folder).state().step()).isEqualTo(20);
        Checkpoint.write(folder, state(10), Map.of(Checkpoint.MODEL, model(4)));
        assertThat(Checkpoint.open(folder).state().step()).isEqualTo(10);
        assertThat(entries(folder)).containsExactly("latest", "step-000000010", "step-000000020");
        Parameters encoder = encoder(0);
        Checkpoint.open(folder.resolve("step-000000010"))
                .load(Checkpoint.MODEL, new NamedTensors().add("encoder", encoder.all()).add("loss.swav", loss(0).all()));
        assertThat(encoder.all().get("weight").eq(new Scalar(4)).all().item_bool()).isTrue();
    }

    @Test
    void leavesTheLastOneAloneWhenTheNextCannotBeWritten() throws IOException {
        Checkpoint.write(folder, state(10), Map.of(Checkpoint.MODEL, model(1)));
        try (PointerScope scope = new PointerScope()) {
            Tensor complex = zeros(new long[] {1}, new TensorOptions(ScalarType.ComplexFloat));
            assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.write(folder, state(20),
                    Map.of(Checkpoint.MODEL, new NamedTensors().add("x", Map.of("y", complex)))));
        }
        assertThat(entries(folder)).containsExactly("latest", "step-000000010");
        assertThat(Checkpoint.open(folder).state().step()).isEqualTo(10);
    }

    @Test
    void saysWhereThereIsNone() throws IOException {
        assertThat(Checkpoint.latest(folder)).isEmpty();
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Checkpoint.open(folder))
                .withMessage("There is no checkpoint in " + folder + ": it has neither state.json nor latest");
        Files.writeString(folder.resolve("latest"), "step-000000010\n");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Checkpoint.open(folder)).withMessage(
                folder.resolve("latest") + " names the checkpoint " + folder.resolve("step-000000010") + ", which is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../outside", "/etc", "step-1", "step-000000010/..", "step-\0000000010", "step-99999999999999999999"})
    void takesNoOtherNameForTheLatest(String name) throws IOException {
        Files.writeString(folder.resolve("latest"), name);
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Checkpoint.latest(folder)).withMessage(
                folder.resolve("latest") + " does not name a checkpoint such as step-000001000."
                        + " Write the name of the folder to take into it.");
    }

    @Test
    void readsNoMoreOfTheLatestThanAName() throws IOException {
        Files.writeString(folder.resolve("latest"), "step-000000010" + " ".repeat(1000));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Checkpoint.latest(folder))
                .withMessageStartingWith(folder.resolve("latest") + " does not name a checkpoint");
    }

    @Test
    void refusesALaterFormatAndFilesThatAreNone() throws IOException {
        Path state = folder.resolve("state.json");
        Files.writeString(state, "{\"format\":3,\"step\":1,\"epoch\":0,\"time\":\"\",\"versions\":{},\"new\":1}");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Checkpoint.open(folder))
                .withMessage(state + " has the format 3, but this version reads 2 and older ones");
        Files.writeString(state, "{\"format\":1}");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> Checkpoint.open(folder))
                .withMessageStartingWith(state + " cannot be read: ");
    }

    @Test
    void refusesTwoTensorsOfOneNameAndCheckpointsWithoutAModel() {
        assertThatIllegalArgumentException().isThrownBy(() -> model(0).add("encoder", encoder(0).all()))
                .withMessage("there are two tensors with the name 'encoder.weight'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checkpoint.write(folder, state(1), Map.of("optimizer", new NamedTensors())))
                .withMessage("a checkpoint needs the group 'model', but got [optimizer]");
    }

    private static CheckpointState state(long step) {
        return CheckpointState.now(step, 1.5);
    }

    private static NamedTensors model(double value) {
        return new NamedTensors().add("encoder", encoder(value).all()).add("loss.swav", loss(value).all());
    }

    private static Parameters encoder(double value) {
        Parameters parameters = new Parameters();
        parameters.learn("weight", full(new long[] {2, 3}, new Scalar(value), new TensorOptions(ScalarType.Float)));
        parameters.keep("positions", full(new long[] {4}, new Scalar(value), new TensorOptions(ScalarType.Float)));
        return parameters;
    }

    private static Parameters loss(double value) {
        Parameters parameters = new Parameters();
        parameters.learn("prototypes", full(new long[] {5, 2}, new Scalar(value), new TensorOptions(ScalarType.Float)));
        return parameters;
    }

    private static String[] entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }
}

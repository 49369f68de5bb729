package org.latentmim.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.MaskedPatches;

/**
 * What steps leave behind to be logged. Most steps only add their loss to a sum on the device; a detailed one also looks
 * around.
 */
public final class StepLog {

    private final Means losses = new Means();
    private final Means lossesOfEpoch = new Means();
    private final Means details = new Means();
    private boolean detailed;
    private OptionalDouble gradientNorm = OptionalDouble.empty();
    private StepPhase phase = StepPhase.LOADING;
    private String shapes = "";

    /** Says whether the next steps look around. */
    void detailed(boolean detailed) {
        this.detailed = detailed;
    }

    boolean detailed() {
        return detailed;
    }

    /** Says what comes now. */
    StepLog at(StepPhase phase) {
        this.phase = phase;
        this.shapes = "";
        return this;
    }

    /** Says what comes now, and of what shapes. */
    StepLog at(StepPhase phase, MaskedPatches patches) {
        this.phase = phase;
        this.shapes = " (patches " + Arrays.toString(patches.values().shape())
                + ", visible " + Arrays.toString(patches.visibleIds().shape())
                + ", masked " + Arrays.toString(patches.maskedIds().shape()) + ")";
        return this;
    }

    StepPhase phase() {
        return phase;
    }

    /** Returns what is being done, in words. */
    String place() {
        return phase + shapes;
    }

    /** Takes the loss of a batch, whose gradient comes next. */
    void loss(Tensor loss) {
        phase = StepPhase.GRADIENT;
        losses.add("loss", loss);
        lossesOfEpoch.add("loss", loss);
    }

    void detail(String name, Supplier<Tensor> value) {
        if (detailed) {
            details.add(name, value.get().detach());
        }
    }

    void gradientNorm(OptionalDouble norm) {
        this.gradientNorm = norm;
    }

    /** Returns the mean loss since the last call, or no number if there was none. Waits for the device. */
    public double readLoss() {
        return losses.read().getOrDefault("loss", Double.NaN);
    }

    /** Returns the mean loss of the epoch, or no number if there was none, and begins a new one. Waits for the device. */
    double readEpochLoss() {
        return lossesOfEpoch.read().getOrDefault("loss", Double.NaN);
    }

    /** What steps left behind that is not logged yet; a detailed step is always logged at once. */
    record Kept(Map<String, Means.Sum> losses, Map<String, Means.Sum> lossesOfEpoch) {

        static final Kept NOTHING = new Kept(Map.of(), Map.of());
    }

    /** Returns what is not logged yet. Waits for the device. */
    Kept keep() {
        return new Kept(losses.sums(), lossesOfEpoch.sums());
    }

    void restore(Kept kept) {
        losses.restore(kept.losses());
        lossesOfEpoch.restore(kept.lossesOfEpoch());
        details.restore(Map.of());
        gradientNorm = OptionalDouble.empty();
    }

    /** Returns what the detailed steps saw since the last call. Waits for the device. */
    Map<String, Double> readDetails() {
        Map<String, Double> values = new LinkedHashMap<>(details.read());
        gradientNorm.stream().filter(Double::isFinite).forEach(norm -> values.put("gradient-norm", norm));
        return values;
    }
}

package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

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

    /** Says whether the next steps look around. */
    void detailed(boolean detailed) {
        this.detailed = detailed;
    }

    boolean detailed() {
        return detailed;
    }

    void loss(Tensor loss) {
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

    /** Returns the mean loss since the last call. Waits for the device. */
    public double readLoss() {
        return losses.read().getOrDefault("loss", Double.NaN);
    }

    /** Returns the mean loss of the epoch, and begins a new one. Waits for the device. */
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
    }

    /** Returns what the detailed steps saw since the last call. Waits for the device. */
    Map<String, Double> readDetails() {
        Map<String, Double> values = new LinkedHashMap<>(details.read());
        gradientNorm.ifPresent(norm -> values.put("gradient-norm", norm));
        return values;
    }
}

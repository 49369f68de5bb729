package org.latentmim.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the folder of a run keeps of its health. Immutable.
 *
 * @param looks the first, each whose verdict was another than that of the look before, and the last; in order
 */
public record HealthRecord(List<Diagnosis> looks) {

    /** Nothing was looked at yet. */
    public static final HealthRecord NONE = new HealthRecord(List.of());

    /** Copies the looks. */
    public HealthRecord {
        looks = List.copyOf(looks);
    }

    /** Returns the last look. */
    public Optional<Diagnosis> last() {
        return looks.isEmpty() ? Optional.empty() : Optional.of(looks.get(looks.size() - 1));
    }

    /** Returns what is left if all after a step is forgotten. */
    HealthRecord until(long step) {
        return new HealthRecord(looks.stream().filter(look -> look.step() <= step).toList());
    }

    /** Returns the loss at the first look. */
    OptionalDouble begin() {
        return looks.stream().mapToDouble(Diagnosis::loss).findFirst();
    }

    /** Returns this with one look more. */
    HealthRecord with(long step, Verdict verdict, Vitals vitals) {
        List<Diagnosis> all = new ArrayList<>(looks);
        long since = last().filter(last -> last.verdict() == verdict).map(Diagnosis::since).orElse(step);
        if (last().filter(last -> last.since() < last.step()).isPresent()) {
            all.remove(all.size() - 1); // neither the first nor a change
        }
        all.add(Diagnosis.of(step, verdict, since, vitals.metrics()));
        return new HealthRecord(all);
    }
}

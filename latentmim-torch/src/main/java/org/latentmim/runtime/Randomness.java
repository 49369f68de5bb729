package org.latentmim.runtime;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.global.torch;

/**
 * Chance as a function, not a state: a generator is made of (seed, purpose, epoch, image). So a run is the same on one worker or
 * eight, and after a resume in the middle of an epoch, with no generator to save. Immutable and thread-safe.
 */
public record Randomness(long seed) {

    /** What a random number is for; two purposes never share their numbers. The order is part of the results. */
    public enum Purpose {
        ORDER,
        CROP,
        FLIP,
        OFFSETS,
        MASK,
        SAMPLE,
        NETWORK,
        COLOR
    }

    /** Returns the generator for one choice about one image in one epoch. */
    public RandomGenerator generator(Purpose purpose, long epoch, long image) {
        long state = mix(seed + 0x9e3779b97f4a7c15L);
        state = mix(state ^ (purpose.ordinal() + 1) * 0xd1342543de82ef95L);
        state = mix(state ^ (epoch + 1) * 0xda942042e4dd58b5L);
        state = mix(state ^ (image + 1) * 0xaef17502108ef2d9L);
        return new SplittableRandom(state);
    }

    /** Seeds torch's default generator, which drop path and the like take chance from, for one step. */
    public void seedNetworks(long step) {
        torch.manual_seed(generator(Purpose.NETWORK, 0, step).nextLong());
    }

    /** Returns the images from 0 to {@code size - 1} in the order of an epoch. */
    public int[] order(long epoch, int size) {
        RandomGenerator random = generator(Purpose.ORDER, epoch, 0);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** David Stafford's variant 13 of the 64-bit finalizer of MurmurHash3. */
    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }
}

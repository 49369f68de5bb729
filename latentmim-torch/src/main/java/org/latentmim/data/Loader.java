package org.latentmim.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;

/**
 * Batches for training without end: epoch after epoch, each in its own random order, an incomplete batch at the end of an epoch
 * dropped. Worker threads keep a few batches ahead. What comes out depends on the images, the view and the seed alone, bit for
 * bit, whatever the number of workers and wherever it {@link #start starts}.
 *
 * <p>In place of an image that cannot be read stands the next one in the epoch's order that can. Such images are listed, and too
 * many of them are a failure. For one thread, except for {@link #unreadable}.
 */
public final class Loader implements AutoCloseable {

    private final ImageSet images;
    private final View view;
    private final Randomness randomness;
    private final int batch;
    private final int workers;
    private final UnreadableImages unreadable;
    private BatchWorkers running;
    private long waitedBefore;

    /**
     * @param batch images in a batch, B
     * @param workers threads, at least 0: then {@link #next} does the work itself
     * @param tolerated share of the images that may be unreadable, from 0 to 1
     * @throws UsageException if the set is smaller than a batch
     */
    public Loader(ImageSet images, View view, Randomness randomness, int batch, int workers, double tolerated) {
        if (batch < 1 || workers < 0) {
            throw new IllegalArgumentException(
                    "batch must be at least 1 and workers at least 0, but they are " + batch + " and " + workers);
        }
        if (batch > images.size()) {
            throw new UsageException("a batch of " + batch + " images is more than the set has: " + images.size()
                    + "; lower train.batch");
        }
        this.images = images;
        this.view = view;
        this.randomness = randomness;
        this.batch = batch;
        this.workers = workers;
        this.unreadable = new UnreadableImages(tolerated);
    }

    /** Returns the number of complete batches in the set. */
    public int batchesPerEpoch() {
        return images.size() / batch;
    }

    /**
     * Sets the place of the next batch and starts to work ahead from there. May be called again to jump.
     *
     * @param epoch from 0
     * @param batchInEpoch from 0 to {@code batchesPerEpoch() - 1}
     */
    public void start(long epoch, int batchInEpoch) {
        if (epoch < 0 || batchInEpoch < 0 || batchInEpoch >= batchesPerEpoch()) {
            throw new IllegalArgumentException("there is no batch " + batchInEpoch + " in epoch " + epoch + ": an epoch has "
                    + batchesPerEpoch() + " batches, counted from 0");
        }
        close();
        running = new BatchWorkers(new Plans(epoch, batchInEpoch), this::render, view, workers);
        running.start();
    }

    /**
     * Returns the next batch, and waits for it if the workers are behind.
     *
     * @throws FailureException if more images than tolerated cannot be read, or if a worker failed
     * @throws IllegalStateException if not started, or closed
     */
    public Batch next() {
        if (running == null) {
            throw new IllegalStateException("call start() before next()");
        }
        return running.next();
    }

    /**
     * Returns the next batches, as many as make a step.
     *
     * @throws FailureException as {@link #next}
     */
    public List<Batch> next(int batches) {
        return Stream.generate(this::next).limit(batches).toList();
    }

    /** Returns what the set calls an image. */
    public String id(int image) {
        return images.id(image);
    }

    /**
     * Returns the first images of the first epoch, whatever was started. Reads them on the calling thread.
     *
     * @param images how many, at least 1; all if there are fewer
     * @throws FailureException as {@link #next}
     */
    public Batch first(int images) {
        int[] order = randomness.order(0, this.images.size());
        BatchPlan plan = new BatchPlan(0, 0, order, 0, Math.min(images, order.length));
        int imageBytes = view.height() * view.width() * view.channels();
        byte[] pixels = new byte[Math.multiplyExact(plan.size(), imageBytes)];
        int[] rendered = IntStream.range(0, plan.size()).map(slot -> render(plan, slot, pixels, slot * imageBytes)).toArray();
        return new Batch(pixels, rendered, 0, 0);
    }

    /** Returns how long {@link #next} has waited for images since this loader was made, in nanoseconds. */
    public long waitedNanos() {
        return waitedBefore + (running == null ? 0 : running.waitedNanos());
    }

    /** Returns the images that could not be read so far, each once, in the order of the set. Thread-safe. */
    public List<Unreadable> unreadable() {
        return unreadable.list();
    }

    /** Stops the workers, each after the image that it is at, and waits for them. */
    @Override
    public void close() {
        if (running != null) {
            running.close();
            waitedBefore += running.waitedNanos();
            running = null;
        }
    }

    private int render(BatchPlan plan, int slot, byte[] pixels, int offset) {
        int[] order = plan.order();
        for (int i = 0; i < order.length; i++) {
            int image = order[(plan.first() + slot + i) % order.length];
            try {
                view.render(images, image, purpose -> randomness.generator(purpose, plan.epoch(), image), pixels, offset);
                return image;
            } catch (IOException e) {
                unreadable.add(image, images.id(image), e);
                unreadable.failIfTooMany(images.size());
            }
        }
        throw unreadable.tooMany(images.size());
    }

    private final class Plans implements Iterator<BatchPlan> {

        private long epoch;
        private int batchInEpoch;
        private int[] order;

        Plans(long epoch, int batchInEpoch) {
            this.epoch = epoch;
            this.batchInEpoch = batchInEpoch;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public BatchPlan next() {
            if (order == null) {
                order = randomness.order(epoch, images.size());
            }
            BatchPlan plan = new BatchPlan(epoch, batchInEpoch, order, batchInEpoch * batch, batch);
            batchInEpoch++;
            if (batchInEpoch == batchesPerEpoch()) {
                epoch++;
                batchInEpoch = 0;
                order = null;
            }
            return plan;
        }
    }
}

package org.latentmim.data;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.ImageSet;

/**
 * Every image of a set once, in the set's order, in batches of which the last one may be smaller. Worker threads keep a few
 * batches ahead. An image that cannot be read is a failure, since a score over fewer images would be another score, unless they
 * are {@link #skipping skipped}. Random views draw as in epochs of seed 0. For one thread.
 */
public final class OrderedImages implements Iterator<Batch>, AutoCloseable {

    private final BatchWorkers workers;
    private final Optional<SortedMap<Integer, Unreadable>> skipped;

    /**
     * Starts to read.
     *
     * @param batch images in a batch, at least 1
     * @param workers threads, at least 0
     */
    public OrderedImages(ImageSet images, View view, int batch, int workers) {
        this(images, view, 0, batch, 0, workers, Optional.empty());
    }

    /**
     * Starts to read random views.
     *
     * @param draw which views, from 0
     * @param batch images in a batch, at least 1
     * @param workers threads, at least 0
     */
    public OrderedImages(ImageSet images, View view, int draw, int batch, int workers) {
        this(images, view, draw, batch, 0, workers, Optional.empty());
    }

    private OrderedImages(ImageSet images, View view, int draw, int batch, int first, int workers,
            Optional<SortedMap<Integer, Unreadable>> skipped) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, but is " + batch);
        }
        int[] order = IntStream.range(0, images.size()).toArray();
        Iterator<BatchPlan> plans = IntStream.range(first, (images.size() - 1) / batch + 1)
                .mapToObj(i -> new BatchPlan(0, i, order, i * batch, Math.min(batch, images.size() - i * batch)))
                .iterator();
        this.skipped = skipped;
        this.workers = new BatchWorkers(plans, renderer(images, view, draw), view, workers);
        this.workers.start();
    }

    /**
     * Starts to read at a batch, and hands out {@link Batch#SKIPPED} in place of an image that cannot be read.
     *
     * @param batch images in a batch, at least 1
     * @param first the batch to start with, counted from 0
     * @param workers threads, at least 0
     */
    public static OrderedImages skipping(ImageSet images, View view, int batch, int first, int workers) {
        return new OrderedImages(images, view, 0, batch, first, workers, Optional.of(new ConcurrentSkipListMap<>()));
    }

    @Override
    public boolean hasNext() {
        return workers.hasNext();
    }

    /**
     * Returns the next batch, and waits for it if the workers are behind.
     *
     * @throws FailureException if an image cannot be read and is not skipped, or if a worker failed
     * @throws java.util.NoSuchElementException after the last batch
     */
    @Override
    public Batch next() {
        return workers.next();
    }

    /**
     * Returns which images were skipped, and why, by their index; complete for the batches handed out, with some of those that
     * the workers are at.
     */
    public SortedMap<Integer, Unreadable> skipped() {
        return skipped.map(Collections::unmodifiableSortedMap).orElse(Collections.emptySortedMap());
    }

    /** Stops the workers, each after the image that it is at, and waits for them. */
    @Override
    public void close() {
        workers.close();
    }

    private BatchWorkers.Renderer renderer(ImageSet images, View view, int draw) {
        Randomness randomness = new Randomness(0);
        return (plan, slot, pixels, offset) -> {
            int image = plan.order()[plan.first() + slot];
            Function<Purpose, RandomGenerator> chance = purpose -> randomness.generator(purpose, draw, image);
            try {
                view.render(images, image, chance, pixels, offset);
                return image;
            } catch (IOException e) {
                skipped.orElseThrow(() -> new FailureException(Reason.of(e), e))
                        .put(image, new Unreadable(images.id(image), Reason.of(e)));
                return Batch.SKIPPED;
            }
        };
    }
}

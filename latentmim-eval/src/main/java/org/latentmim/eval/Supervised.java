package org.latentmim.eval;

import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageSet;

/**
 * Labelled images to learn from and others to judge by, of the same classes.
 *
 * @param train of at least 2 classes
 */
record Supervised(ImageSet train, ClassLabels trainLabels, ImageSet test, ClassLabels testLabels) {

    /**
     * @param evaluator who asks, for messages
     * @throws IllegalArgumentException if there are no such images
     */
    static Supervised of(String evaluator, EvaluationTask task) {
        ImageSet test = task.test();
        ClassLabels testLabels = ClassLabels.of(evaluator, "test", test);
        ImageSet train = task.train().orElseThrow(
                () -> new IllegalArgumentException(
                        evaluator + " needs labelled images to learn from: give images.train with labels"));
        ClassLabels trainLabels = ClassLabels.of(evaluator, "train", train).ofTheClassesOf(testLabels).ofSeveralClasses();
        return new Supervised(train, trainLabels, test, testLabels);
    }

    int classes() {
        return trainLabels.classes().size();
    }
}

package org.latentmim.segmentation;

import java.util.Map;

/**
 * What learned from the train patches, with what was chosen for it.
 *
 * @param name such as {@code knn}
 * @param how it tells classes, in a few words
 * @param heldOut mIoU in % on the patches held out, when it had learned from the others
 * @param settings what was chosen, by name
 * @param classifier that learned from all of them; lives in the scope in which it was chosen
 */
record ChosenProbe(String name, String how, double heldOut, Map<String, ?> settings, PatchClassifier classifier) {}

/**
 * What patches know of the objects that they show, judged on images with label maps. {@link
 * org.latentmim.segmentation.SegmentationProbeEvaluator} learns the classes of pixels from patch features, {@link
 * org.latentmim.segmentation.UnsupervisedSegmentationEvaluator} clusters the patches of one image and learns nothing.
 */
package org.latentmim.segmentation;

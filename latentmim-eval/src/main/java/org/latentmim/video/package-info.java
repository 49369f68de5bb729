/**
 * Follows the objects of videos by the features of patches. {@link org.latentmim.video.VideoSegmentationEvaluator} passes the
 * labels of the first frame on to the others, and judges what it finds by the two measures of DAVIS: J, how well regions agree,
 * and F, how well their boundaries do. Both are the official evaluation's to the last pixel; what differs is that masks are kept
 * as bits, 64 pixels of a row at a time.
 */
package org.latentmim.video;

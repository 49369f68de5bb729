/**
 * What a run leaves behind: a folder for each checkpoint, complete or not there at all, with the tensors under the names of the
 * published implementation. {@link org.latentmim.checkpoint.Safetensors} is the file format, read and written in plain Java;
 * {@link org.latentmim.checkpoint.NamedTensors} says which tensors of a run a file keeps and copies them back by name; {@link
 * org.latentmim.checkpoint.Checkpoint} puts such files and a {@code state.json} with their SHA-256 into one folder, and points
 * {@code latest} to it. {@link org.latentmim.checkpoint.Checkpoints} finds the newest whole one and drops old ones;
 * {@link org.latentmim.checkpoint.CheckpointWriter} writes beside the training. Everything is written beside its place and
 * renamed into it; {@link org.latentmim.checkpoint.RunLock} keeps a second process out.
 */
package org.latentmim.checkpoint;

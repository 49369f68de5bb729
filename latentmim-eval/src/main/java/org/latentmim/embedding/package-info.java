/**
 * Images as numbers for other programs: {@link org.latentmim.embedding.Embedding} embeds every image of a set with the encoder of
 * a checkpoint and writes one file, Parquet or NPY, with a {@link org.latentmim.embedding.Manifest} beside it that says how it
 * was made. The work is kept in finished shards, so that it goes on after a kill and ends with the same numbers. An {@link
 * org.latentmim.embedding.EmbeddingPlan} says what must be the same for that.
 */
package org.latentmim.embedding;

/**
 * From a recipe to a run: YAML, then records, then objects. {@link org.latentmim.pipeline.Catalogue} knows what plugins offer;
 * {@link org.latentmim.pipeline.RecipeReader} reads a recipe with what it extends and what the command line overrides, and binds
 * it to {@link org.latentmim.pipeline.Recipe}, reporting every mistake at once; {@link org.latentmim.pipeline.Assembly} builds
 * the components of a recipe with one Guice injector, each component in a private module of its own. This is the only package
 * that knows Guice and YAML; YAML is read as a tree of text and never makes an object.
 */
package org.latentmim.pipeline;

package org.latentmim.pipeline;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The labelled images that are held out, bound only where a recipe has them. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface TestImages {}

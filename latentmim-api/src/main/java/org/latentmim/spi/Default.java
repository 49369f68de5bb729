package org.latentmim.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a key takes where a recipe leaves it out, written as in YAML. A record component without it is required, except
 * for optional types, which are then empty. A nested record with all of its own keys optional takes {@code {}}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /** The default as YAML text, such as {@code 0.2}, {@code true} or {@code [0.9, 0.95]}. */
    String value();
}

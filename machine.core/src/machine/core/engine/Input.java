// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something the outside world does to a kernel at a safe point: a command, a swap, a question.
 *
 * @param <T> what it gives back
 */
@ConsumerType
@FunctionalInterface
public interface Input<T> {

    /**
     * Does it. Called on the engine thread at a safe point ({@link Engine#current()} is null). Whatever
     * it throws goes back to the caller who posted it and leaves the engine running.
     *
     * @param engine the engine it was posted to
     */
    T apply(Engine engine) throws Exception;

    /**
     * The recorded form from which a replay makes the same input again, or null for a question that
     * changes nothing. One line.
     */
    default String text() {
        return null;
    }

    /** Makes a recorded input from its text and its effect. */
    static <T> Input<T> of(String text, Input<T> effect) {
        return new Input<>() {
            @Override
            public T apply(Engine engine) throws Exception {
                return effect.apply(engine);
            }

            @Override
            public String text() {
                return text;
            }
        };
    }
}

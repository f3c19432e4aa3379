// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.function.Consumer;
import java.util.function.Function;
import machine.core.watchdog.Guard;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the ports of slots share: the calls that are too rare to deserve guards of their own.
 *
 * <p>A port is the only way from the core into the code of a variant. Its frequent calls are written out, so that they
 * make no object; {@link SlotGuard} says how.
 *
 * @param <V> the type of the variant
 */
@Guard
@ConsumerType
public abstract class GuardedPort<V> {
    /** For the class of a port. */
    protected GuardedPort() {
    }

    /** The guard of the slot. */
    protected abstract SlotGuard guard();

    /** Who is called now. */
    protected abstract V called();

    /**
     * A call threw; who failed is evicted when this returns.
     *
     * @param same whether who was called is still there
     */
    protected void failed(String callback, int outer, Throwable failure, boolean same) {
        guard().threw(callback, outer, failure, same);
    }

    /** Asks until somebody answers: after a failure the successor is asked. */
    protected final <T> T ask(String callback, Function<? super V, T> question) {
        while (true) {
            V called = called();
            int outer = guard().enter();
            try {
                T answer = question.apply(called);
                guard().exit(outer);
                return answer;
            } catch (Throwable e) {
                failed(callback, outer, e, called() == called);
            }
        }
    }

    /** Gives an order until somebody carries it out: after a failure the successor gets it. */
    protected final void tell(String callback, Consumer<? super V> order) {
        ask(callback, called -> {
            order.accept(called);
            return null;
        });
    }

    /** Gives an order that a successor does not need; none if nobody is there. */
    protected final void tellOnce(String callback, Consumer<? super V> order) {
        V called = called();
        if (called == null) {
            return;
        }
        int outer = guard().enter();
        try {
            order.accept(called);
            guard().exit(outer);
        } catch (Throwable e) {
            failed(callback, outer, e, called() == called);
        }
    }
}

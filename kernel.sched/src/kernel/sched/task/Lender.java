// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One loan of priority to a task, linked into its list of lenders.
 *
 * <p>Models the turnstile's inheritor and its place on the lender list (kern_turnstile.c 1.32).
 */
@ProviderType
public abstract class Lender {
    private Task inheritor;
    private int lentPriority = Priority.NONE;
    private Lender next;

    /** For the lock package. */
    protected Lender() {
    }

    /** The task that has the loan, or null. */
    public final Task inheritor() {
        return inheritor;
    }

    /** The priority lent, or {@link Priority#NONE}. */
    public final int lentPriority() {
        return lentPriority;
    }

    /** Lends at least {@code priority} to {@code task}; true when that raised the loan. */
    protected final boolean lend(Task task, int priority) {
        if (inheritor != task) {
            withdraw();
            inheritor = task;
            next = task.lenders;
            task.lenders = this;
        }
        if (priority <= lentPriority) {
            return false;
        }
        lentPriority = priority;
        return true;
    }

    /** Ends the loan; the caller then recomputes what the former inheritor still has. */
    protected final void withdraw() {
        if (inheritor == null) {
            return;
        }
        Lender previous = null;
        for (Lender l = inheritor.lenders; l != this; l = l.next) {
            previous = l;
        }
        if (previous == null) {
            inheritor.lenders = next;
        } else {
            previous.next = next;
        }
        inheritor = null;
        next = null;
        lentPriority = Priority.NONE;
    }

    /** The best priority still lent to {@code task}, or {@link Priority#NONE}. */
    public static int best(Task task) {
        int best = Priority.NONE;
        for (Lender l = task.lenders; l != null; l = l.next) {
            best = Math.max(best, l.lentPriority);
        }
        return best;
    }
}

// SPDX-License-Identifier: BSD-2-Clause
package userland.puppet;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Directs the LWPs of puppet processes; a service.
 *
 * <p>A puppet process is one that runs the program {@code puppet}. An LWP that a puppet creates from a
 * {@link PuppetArgument.NewContext} is a puppet too. Between two calls a puppet is asleep, interruptibly, on
 * {@code puppet}: signals, suspension and exit reach it there; no timer runs.
 *
 * <p>All methods are called at a safe point on the engine thread (inside {@code Kernel.act}); the orders
 * they give are carried out when the kernel runs.
 */
@ProviderType
public interface PuppetControl {
    /** Whether an LWP takes orders: it is alive and belongs to a puppet process. */
    boolean isPuppet(Lwp lwp);

    /**
     * Makes a puppet LWP execute a system call.
     *
     * @param arguments in the order of the parameters, at most as many; missing ones are 0
     * @throws IllegalStateException when the LWP is no puppet, has exited, or has not finished its last order;
     *         the message says which and what can be done
     * @throws IllegalArgumentException for too many arguments
     */
    PuppetCall call(Lwp lwp, SyscallDescriptor call, List<PuppetArgument> arguments);

    /**
     * Makes a puppet LWP load bytes as user code.
     *
     * @throws IllegalStateException as {@link #call}
     */
    PuppetCall peek(Lwp lwp, long address, int bytes);

    /**
     * Makes a puppet LWP store bytes as user code.
     *
     * @throws IllegalStateException as {@link #call}
     */
    PuppetCall poke(Lwp lwp, long address, byte[] bytes);

    /**
     * The last order that the LWP with an id got, also after it exited; null when there was none.
     *
     * <p>The kernel forgets a process when it has exited: who wants to know then keeps the {@link PuppetCall}.
     */
    PuppetCall last(Proc process, int lid);

    /** A puppet LWP of a process that could take an order now, the one with the lowest id; null when there is none. */
    Lwp idle(Proc process);
}

// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalFrame;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the LWPs of a process run in user mode.
 *
 * <p>Supplied by the floor above for each process. One image serves all LWPs of its process; a forked child
 * gets an image of its own.
 */
@ConsumerType
public interface UserImage {
    /**
     * Runs the user code of an LWP, on its own execution context, from its first instruction.
     *
     * <p>The registers say where it starts: {@code lwp.registers().pc} is 0 for the first LWP of a spawned
     * process, what the ucontext said for a created one. Every kernel service is reached through
     * {@code lwp.trap()}; those calls do not return when the LWP or its process ends, so user code may not rely
     * on {@code finally}. If this method returns, the kernel ends the LWP as {@code _lwp_exit} does.
     */
    void run(Lwp lwp);

    /**
     * Runs a signal handler of an LWP, on top of the code it interrupted.
     *
     * <p>The registers say what: the program counter is the handler's address, the arguments are the signal and the
     * addresses of its siginfo_t and ucontext_t, which are in the frame on the user stack. After the handler the code
     * at {@code frame.returnTo()} runs, which calls setcontext and so does not come back. If this method returns, the
     * kernel does that itself.
     *
     * @param frame the frame, as it was written
     */
    default void handle(Lwp lwp, SignalFrame frame) {
    }
}

// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/**
 * First code of an LWP (lwp_startup of kern_lwp.c 1.250).
 *
 * <p>Its frame and all below it stay on the stack of every LWP for life, so there are few of them.
 */
final class Startup implements Runnable {
    private final LwpLife life;
    private final Lwp self;

    Startup(LwpLife life, Lwp self) {
        this.life = life;
        this.self = self;
    }

    @Override
    public void run() {
        Processes processes = self.proc().processes();
        boolean anew;
        do {
            anew = false;
            try {
                processes.userReturn().leaveKernel(self);
                if (self.unreported) {
                    self.unreported = false;
                    processes.tracing().created(self);
                    processes.userReturn().leaveKernel(self);
                }
                self.proc().image().run(self);
            } catch (Resumption elsewhere) {
                self.handlerDepth = 0;
                anew = true;
            }
        } while (anew);
        life.exit(self);
    }
}

// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import kernel.lwp.machine.UserRegisters;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is left of a process that a signal ended with a core dump. Immutable.
 *
 * <p>DEVIATION: a record that the kernel keeps, not a file; it has registers and the map, but not what was in memory.
 *
 * @param pid the process
 * @param name its name
 * @param signo the signal
 * @param lid the LWP that took it
 * @param atNanos when, in virtual time
 * @param bytes the size of the address space, which RLIMIT_CORE limits
 * @param lwps its LWPs, newest first, as they were held
 * @param ranges what was mapped, in order
 */
@ProviderType
public record CoreDump(int pid, String name, int signo, int lid, long atNanos, long bytes, List<CoreLwp> lwps,
        List<CoreRange> ranges) {
    /**
     * One LWP.
     *
     * @param lid its id
     * @param name what it was called, or null
     * @param registers its registers; do not change them
     */
    public record CoreLwp(int lid, String name, UserRegisters registers) {
        static CoreLwp of(Lwp l) {
            UserRegisters copy = new UserRegisters();
            copy.set(l.registers());
            return new CoreLwp(l.lid(), l.name(), copy);
        }
    }

    /**
     * One entry of the map.
     *
     * @param start first address
     * @param end the address behind it
     * @param protection VM protection bits
     */
    public record CoreRange(long start, long end, int protection) {
    }
}

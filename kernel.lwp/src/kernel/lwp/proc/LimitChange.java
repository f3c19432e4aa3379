// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.MachineLimits;
import kernel.sched.errno.Errno;
import kernel.vm.file.VmFiles;
import kernel.vm.map.VmSpace;
import kernel.vm.syscall.Resource;

/**
 * dosetrlimit of kern_resource.c: what a process may make of its limits.
 *
 * <p>DEVIATION: a limit above RLIM_INFINITY becomes RLIM_INFINITY, and there is no maxproc and no maxlwp to which
 * RLIMIT_NPROC and RLIMIT_NTHR are cut.
 */
public final class LimitChange {
    private final Processes processes;

    LimitChange(Processes processes) {
        this.processes = processes;
    }

    /** The limit with that number as a process knows it, or null: RLIMIT_NTHR is of the revisions that look at it. */
    public static Resource find(Proc p, int number) {
        Resource resource = Resource.of(number);
        return resource == Resource.NTHR && !CallSet.has(p, CallSet.THREAD_LIMIT) ? null : resource;
    }

    /**
     * Sets both limits of a resource. Called by an LWP of the process, nothing locked.
     *
     * @param number the resource
     * @param soft the new soft limit, unsigned
     * @param hard the new hard limit, unsigned
     * @return 0, EINVAL or EPERM, in the original's order; limits that stay as they are need no privilege
     */
    public int set(Proc p, int number, long soft, long hard) {
        Resource resource = find(p, number);
        if (resource == null || Long.compareUnsigned(soft, hard) > 0) {
            return Errno.EINVAL;
        }
        Limits limits = p.limits();
        long newSoft = finite(soft);
        long newHard = finite(hard);
        if (newSoft == limits.soft(resource) && newHard == limits.hard(resource)) {
            return 0;
        }
        if (newHard > limits.hard(resource) && !p.superuser()) {
            return Errno.EPERM;
        }
        long most = most(resource);
        newSoft = Math.min(newSoft, most);
        newHard = Math.min(newHard, most);
        if (resource == Resource.STACK) {
            VmSpace space = p.vmspace();
            if (newSoft < space.stackBytes()) {
                return Errno.EINVAL;
            }
            newSoft = newSoft == Resource.INFINITY ? newSoft : space.map().limits().roundPage(newSoft);
        }
        limits.set(resource, newSoft, newHard);
        if (resource == Resource.NOFILE) {
            p.files().limit(newSoft);
        }
        return 0;
    }

    private static long finite(long limit) {
        return limit < 0 ? Resource.INFINITY : limit;
    }

    /** What the machine and the file layer can do at most (maxdmap, maxsmap, maxfiles). */
    private long most(Resource resource) {
        MachineLimits machine = processes.machine().limits();
        return switch (resource) {
            case DATA -> machine.maxDataBytes();
            case STACK -> machine.maxStackBytes();
            case NOFILE -> VmFiles.MAX_DESCRIPTORS;
            default -> Resource.INFINITY;
        };
    }
}

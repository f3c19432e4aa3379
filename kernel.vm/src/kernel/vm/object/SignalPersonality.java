// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/** Which signal a failed fault becomes; FreeBSD changed its mind several times. */
public enum SignalPersonality {
    /** i386 HEAD of early 2006: everything is SIGSEGV; protection and end of file with code ACCERR. */
    HEAD_2006,
    /** FreeBSD 6: protection faults and faults beyond the end of a file are SIGBUS. */
    FREEBSD_6,
    /** FreeBSD 13 and later, as POSIX says: SIGBUS only beyond the end of a file and for I/O errors. */
    MODERN
}

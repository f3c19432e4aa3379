// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.errno;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * BSD error numbers as kernel functions return them.
 *
 * <p>0 is success. Negative values are internal to the kernel and never reach a program.
 */
@ProviderType
public final class Errno {
    /** Success. */
    public static final int OK = 0;
    /** Internal: issue the same system call again, after a handler if one runs. */
    public static final int ERESTART = -3;
    /** Internal: leave the registers of the caller alone. */
    public static final int EJUSTRETURN = -2;

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EDEADLK = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int ENOTBLK = 15;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ETXTBSY = 26;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int ESPIPE = 29;
    public static final int EROFS = 30;
    public static final int EMLINK = 31;
    public static final int EPIPE = 32;
    public static final int EDOM = 33;
    public static final int ERANGE = 34;
    public static final int EAGAIN = 35;
    /** Same number as {@link #EAGAIN}; a sleep that its timeout ended. */
    public static final int EWOULDBLOCK = 35;
    public static final int EALREADY = 37;
    public static final int EOPNOTSUPP = 45;
    public static final int ENOTCONN = 57;
    public static final int ETIMEDOUT = 60;
    public static final int ELOOP = 62;
    public static final int ENAMETOOLONG = 63;
    public static final int ENOTEMPTY = 66;
    public static final int EUSERS = 68;
    public static final int EDQUOT = 69;
    public static final int ENOSYS = 78;
    public static final int EOVERFLOW = 84;
    public static final int EILSEQ = 85;
    public static final int ENOTSUP = 86;
    public static final int ECANCELED = 87;

    /** What people read. */
    private enum Entry {
        ERESTART(Errno.ERESTART, "restart the system call"),
        EJUSTRETURN(Errno.EJUSTRETURN, "leave the registers alone"),
        EPERM(Errno.EPERM, "operation not permitted"),
        ENOENT(Errno.ENOENT, "no such file or directory"),
        ESRCH(Errno.ESRCH, "no such process"),
        EINTR(Errno.EINTR, "interrupted system call"),
        EIO(Errno.EIO, "input/output error"),
        ENXIO(Errno.ENXIO, "device not configured"),
        E2BIG(Errno.E2BIG, "argument list too long"),
        ENOEXEC(Errno.ENOEXEC, "exec format error"),
        EBADF(Errno.EBADF, "bad file descriptor"),
        ECHILD(Errno.ECHILD, "no child processes"),
        EDEADLK(Errno.EDEADLK, "resource deadlock avoided"),
        ENOMEM(Errno.ENOMEM, "cannot allocate memory"),
        EACCES(Errno.EACCES, "permission denied"),
        EFAULT(Errno.EFAULT, "bad address"),
        ENOTBLK(Errno.ENOTBLK, "block device required"),
        EBUSY(Errno.EBUSY, "device busy"),
        EEXIST(Errno.EEXIST, "file exists"),
        EXDEV(Errno.EXDEV, "cross-device link"),
        ENODEV(Errno.ENODEV, "operation not supported by device"),
        ENOTDIR(Errno.ENOTDIR, "not a directory"),
        EISDIR(Errno.EISDIR, "is a directory"),
        EINVAL(Errno.EINVAL, "invalid argument"),
        ENFILE(Errno.ENFILE, "too many open files in system"),
        EMFILE(Errno.EMFILE, "too many open files"),
        ENOTTY(Errno.ENOTTY, "inappropriate ioctl for device"),
        ETXTBSY(Errno.ETXTBSY, "text file busy"),
        EFBIG(Errno.EFBIG, "file too large"),
        ENOSPC(Errno.ENOSPC, "no space left on device"),
        ESPIPE(Errno.ESPIPE, "illegal seek"),
        EROFS(Errno.EROFS, "read-only file system"),
        EMLINK(Errno.EMLINK, "too many links"),
        EPIPE(Errno.EPIPE, "broken pipe"),
        EDOM(Errno.EDOM, "numerical argument out of domain"),
        ERANGE(Errno.ERANGE, "result too large"),
        EAGAIN(Errno.EAGAIN, "resource temporarily unavailable"),
        EALREADY(Errno.EALREADY, "operation already in progress"),
        EOPNOTSUPP(Errno.EOPNOTSUPP, "operation not supported"),
        ENOTCONN(Errno.ENOTCONN, "socket is not connected"),
        ETIMEDOUT(Errno.ETIMEDOUT, "connection timed out"),
        ELOOP(Errno.ELOOP, "too many levels of symbolic links"),
        ENAMETOOLONG(Errno.ENAMETOOLONG, "file name too long"),
        ENOTEMPTY(Errno.ENOTEMPTY, "directory not empty"),
        EUSERS(Errno.EUSERS, "too many users"),
        EDQUOT(Errno.EDQUOT, "disc quota exceeded"),
        ENOSYS(Errno.ENOSYS, "function not implemented"),
        EOVERFLOW(Errno.EOVERFLOW, "value too large to be stored in data type"),
        EILSEQ(Errno.EILSEQ, "illegal byte sequence"),
        ENOTSUP(Errno.ENOTSUP, "not supported"),
        ECANCELED(Errno.ECANCELED, "operation canceled");

        private final int number;
        private final String text;

        Entry(int number, String text) {
            this.number = number;
            this.text = text;
        }
    }

    private Errno() {
    }

    /** The symbolic name, for example {@code ESRCH}; {@code errno 999} for an unknown number. */
    public static String name(int errno) {
        Entry entry = entry(errno);
        return entry == null ? "errno " + errno : entry.name();
    }

    /** What the number means, in lower case; {@code unknown error 999} for an unknown number. */
    public static String text(int errno) {
        Entry entry = entry(errno);
        return entry == null ? "unknown error " + errno : entry.text;
    }

    /**
     * The number for a symbolic name.
     *
     * @throws IllegalArgumentException if there is no such error
     */
    public static int byName(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        if (wanted.equals("EWOULDBLOCK")) {
            return EWOULDBLOCK;
        }
        for (Entry entry : Entry.values()) {
            if (entry.name().equals(wanted)) {
                return entry.number;
            }
        }
        throw new IllegalArgumentException("no error is called " + name + "; try a name such as ESRCH");
    }

    private static Entry entry(int errno) {
        for (Entry entry : Entry.values()) {
            if (entry.number == errno) {
                return entry;
            }
        }
        return null;
    }
}

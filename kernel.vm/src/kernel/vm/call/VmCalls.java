// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.syscall.Parameter.in;
import static kernel.vm.syscall.Parameter.out;
import static kernel.vm.syscall.ParameterType.BYTES;
import static kernel.vm.syscall.ParameterType.INT;
import static kernel.vm.syscall.ParameterType.LONG;
import static kernel.vm.syscall.ParameterType.OFF;
import static kernel.vm.syscall.ParameterType.POINTER;
import static kernel.vm.syscall.ParameterType.SIZE;
import static kernel.vm.syscall.ParameterType.STRING;

import java.util.List;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallHandler;

/**
 * The system calls of this floor, with FreeBSD's numbers.
 *
 * <p>Where FreeBSD later dropped a padding word from the parameters (mmap, lseek, ftruncate) the number is that of
 * the call without it.
 */
public final class VmCalls {
    private VmCalls() {}

    private static SyscallDescriptor call(
            String name, int number, ResultKind result, SyscallHandler handler, Parameter... parameters) {
        return new SyscallDescriptor(name, number, Abi.FREEBSD, List.of(parameters), result, handler);
    }

    /** Every call of this floor; new descriptors at each call. */
    public static List<SyscallDescriptor> all() {
        return List.of(
                call("mmap", 477, ResultKind.HEX, Mmap::call,
                        in("addr", POINTER), in("len", SIZE), in("prot", INT, MemorySymbols.PROT),
                        in("flags", INT, MemorySymbols.MAP), in("fd", INT), in("pos", OFF)),
                call("ommap", 71, ResultKind.HEX, OldCalls::mmap,
                        in("addr", POINTER), in("len", INT), in("prot", INT, OldCalls.OPROT),
                        in("flags", INT, OldCalls.OMAP), in("fd", INT), in("pos", LONG)),
                call("sbrk", 69, ResultKind.NONE, OldCalls::unsupported, in("incr", INT)),
                call("sstk", 70, ResultKind.NONE, OldCalls::unsupported, in("incr", INT)),
                call("ogetpagesize", 64, ResultKind.DECIMAL, OldCalls::getPageSize),
                call("munmap", 73, ResultKind.NONE, RangeCalls::munmap, in("addr", POINTER), in("len", SIZE)),
                call("mprotect", 74, ResultKind.NONE, RangeCalls::mprotect,
                        in("addr", POINTER), in("len", SIZE), in("prot", INT, MemorySymbols.PROT)),
                call("msync", 65, ResultKind.NONE, RangeCalls::msync,
                        in("addr", POINTER), in("len", SIZE), in("flags", INT, MemorySymbols.MS)),
                call("minherit", 250, ResultKind.NONE, RangeCalls::minherit,
                        in("addr", POINTER), in("len", SIZE), in("inherit", INT, MemorySymbols.INHERIT)),
                call("madvise", 75, ResultKind.NONE, Madvise::call,
                        in("addr", POINTER), in("len", SIZE), in("behav", INT, MemorySymbols.MADV)),
                call("mincore", 78, ResultKind.NONE, Mincore::call,
                        in("addr", POINTER), in("len", SIZE), out("vec", BYTES)),
                call("mlock", 203, ResultKind.NONE, LockCalls::mlock, in("addr", POINTER), in("len", SIZE)),
                call("munlock", 204, ResultKind.NONE, LockCalls::munlock, in("addr", POINTER), in("len", SIZE)),
                call("mlockall", 324, ResultKind.NONE, LockCalls::mlockall, in("how", INT, MemorySymbols.MCL)),
                call("munlockall", 325, ResultKind.NONE, LockCalls::munlockall),
                call("open", 5, ResultKind.DECIMAL, FileCalls::open,
                        in("path", STRING), in("flags", INT, FileSymbols.OPEN), in("mode", INT)),
                call("close", 6, ResultKind.NONE, FileCalls::close, in("fd", INT)),
                call("read", 3, ResultKind.DECIMAL, TransferCalls::read,
                        in("fd", INT), out("buf", BYTES).countedBy("nbytes"), in("nbytes", SIZE)),
                call("write", 4, ResultKind.DECIMAL, TransferCalls::write,
                        in("fd", INT), in("buf", BYTES).countedBy("nbytes"), in("nbytes", SIZE)),
                call("lseek", 478, ResultKind.DECIMAL, FileCalls::lseek,
                        in("fd", INT), in("offset", OFF), in("whence", INT, FileSymbols.SEEK)),
                call("ftruncate", 480, ResultKind.NONE, FileCalls::ftruncate, in("fd", INT), in("length", OFF)),
                call("fstat", 189, ResultKind.NONE, StatusCalls::fstat, in("fd", INT), out("sb", BYTES)),
                call("chflags", 34, ResultKind.NONE, StatusCalls::chflags,
                        in("path", STRING), in("flags", INT, FileSymbols.FLAGS)),
                call("fchflags", 35, ResultKind.NONE, StatusCalls::fchflags,
                        in("fd", INT), in("flags", INT, FileSymbols.FLAGS)),
                call("socket", 97, ResultKind.DECIMAL, FileCalls::socket,
                        in("domain", INT), in("type", INT), in("protocol", INT)),
                call("pipe2", 542, ResultKind.NONE, FileCalls::pipe,
                        out("fildes", BYTES), in("flags", INT, FileSymbols.OPEN)),
                call("fcntl", 92, ResultKind.DECIMAL, FileCalls::fcntl,
                        in("fd", INT), in("cmd", INT, FileSymbols.FCNTL), in("arg", INT, FileSymbols.OPEN)),
                call("mkfifo", 132, ResultKind.NONE, FileCalls::mkfifo, in("path", STRING), in("mode", INT)),
                call("fsync", 95, ResultKind.NONE, FileCalls::fsync, in("fd", INT)),
                call("unlink", 10, ResultKind.NONE, FileCalls::unlink, in("path", STRING)),
                call("shm_open", 482, ResultKind.DECIMAL, FileCalls::shmOpen,
                        in("path", STRING), in("flags", INT, FileSymbols.OPEN), in("mode", INT)),
                call("shm_unlink", 483, ResultKind.NONE, FileCalls::shmUnlink, in("path", STRING)));
    }

    /**
     * One call by name.
     *
     * @throws IllegalArgumentException if this floor has no such call
     */
    public static SyscallDescriptor named(String name) {
        for (SyscallDescriptor descriptor : all()) {
            if (descriptor.name().equals(name)) {
                return descriptor;
            }
        }
        throw new IllegalArgumentException("no memory or file call is named " + name);
    }
}

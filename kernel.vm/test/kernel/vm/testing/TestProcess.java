// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import kernel.vm.call.VmCalls;
import kernel.vm.file.FileTable;
import kernel.vm.map.SpaceLimits;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

/** A process with one LWP, driven by a test. */
public final class TestProcess implements Caller, SpaceLimits {
    /** The hard limit of the data segment, and so the default address of mappings: the data segment is at 0. */
    public static final long HEAP_END = 0x0100_0000;

    private final TestKernel kernel;
    private final int pid;
    private final VmSpace space;
    private final FileTable files;
    private final UserMemory memory;
    private final SyscallFrame frame;
    private final Map<Resource, Long> limits = new EnumMap<>(Resource.class);
    public boolean root = true;
    public boolean immortal;

    TestProcess(TestKernel kernel, int pid, VmSpace space, FileTable files) {
        this.kernel = kernel;
        this.pid = pid;
        this.space = space;
        this.files = files;
        memory = kernel.vm.userMemory(space);
        frame = new SyscallFrame(null, this, memory);
    }

    /** Makes a system call; the errno. The value is in {@link #result()}. */
    public int call(String name, long... arguments) {
        SyscallDescriptor descriptor = VmCalls.named(name);
        frame.begin();
        for (int i = 0; i < arguments.length; i++) {
            frame.set(i, arguments[i]);
        }
        kernel.run(this);
        return descriptor.handler().call(frame);
    }

    /** The value of the last call. */
    public long result() {
        return frame.result();
    }

    /** Makes a call that must succeed; its value. */
    public long ok(String name, long... arguments) {
        int error = call(name, arguments);
        if (error != 0) {
            throw new AssertionError(name + " failed with errno " + error);
        }
        return result();
    }

    /** Stores a string in user memory; its address back. */
    public long string(long address, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        kernel.run(this);
        if (memory.copyout(bytes, 0, bytes.length, address) != 0) {
            throw new AssertionError("no memory for a string at " + Long.toHexString(address));
        }
        return address;
    }

    /** Stores a word as user code; 0 or the signal. */
    public int poke(long address, long value) {
        kernel.run(this);
        return memory.store64(address, value) == 0 ? 0 : memory.faultSignal();
    }

    /** Loads a word as user code; -1 shifted left by the signal when that fails. */
    public long peek(long address) {
        kernel.run(this);
        return memory.load64(address) == 0 ? memory.value() : -memory.faultSignal();
    }

    /** A child with a copy of the space and of the open files. */
    public TestProcess fork() {
        VmSpace copy = kernel.vm.spaces().fork(space);
        if (copy == null) {
            return null;
        }
        return kernel.adopt(copy, files.copy());
    }

    /** Ends the process. */
    public void exit() {
        kernel.leave(this);
        files.closeAll();
        space.free();
    }

    /** The entries as text, such as {@code 10000-12000 rw-/rwx copy o1+0 COW}; without object numbers. */
    public String map() {
        StringBuilder text = new StringBuilder();
        for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(Long.toHexString(entry.start())).append('-').append(Long.toHexString(entry.end()));
        }
        return text.toString();
    }

    /** The entry at an address, or null. */
    public VmMapEntry entry(long address) {
        return space.map().lookup(address);
    }

    public UserMemory memory() {
        return memory;
    }

    public void limit(Resource resource, long value) {
        limits.put(resource, value);
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public int uid() {
        return root ? 0 : 100;
    }

    @Override
    public boolean superuser() {
        return root;
    }

    @Override
    public long limit(Resource resource) {
        return limits.getOrDefault(resource, Resource.INFINITY);
    }

    @Override
    public long hardLimit(Resource resource) {
        return resource == Resource.DATA ? HEAP_END : limit(resource);
    }

    @Override
    public long stackLimitBytes() {
        return limit(Resource.STACK);
    }

    @Override
    public long spaceLimitBytes() {
        return limit(Resource.VMEM);
    }

    @Override
    public long heapLimitBytes() {
        return hardLimit(Resource.DATA);
    }

    @Override
    public long lockLimitBytes() {
        return limit(Resource.MEMLOCK);
    }

    @Override
    public VmSpace vmspace() {
        return space;
    }

    @Override
    public FileTable files() {
        return files;
    }

    @Override
    public void protectFromReclaim() {
        immortal = true;
    }
}

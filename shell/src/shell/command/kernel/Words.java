// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.QuirkChoice;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.vm.syscall.Direction;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.SyscallDescriptor;
import machine.core.slot.VariantInfo;
import shell.command.Candidates;
import shell.command.Command;
import shell.command.completion.Vocabulary;

/** The words that completion offers, as the current kernel has them. */
public final class Words implements Vocabulary {
    private final Kernels kernels;
    private final Collection<Command> commands;
    private final Supplier<List<String>> programs;

    public Words(Kernels kernels, Collection<Command> commands, Supplier<List<String>> programs) {
        this.kernels = kernels;
        this.commands = commands;
        this.programs = programs;
    }

    @Override
    public List<String> words(Candidates kind, List<String> before) {
        return switch (kind) {
            case PID -> processes().stream().map(p -> Integer.toString(p.pid())).toList();
            case TASK -> tasks();
            case CALL -> kernels.factory().syscalls().all().stream().map(SyscallDescriptor::name).toList();
            case ARGUMENT -> argument(before);
            case PROGRAM -> Stream.concat(programs.get().stream(), files().stream()).toList();
            case SLOT -> kernels.factory().variants().slots();
            case VARIANT -> before.size() % 2 == 1 ? kernels.factory().variants().slots() : variants(before.getLast());
            case OF_SLOT -> variants(before.getLast().replaceFirst("^--", ""));
            case FILE -> files();
            case COMMAND -> commands.stream().map(Command::name).toList();
            case QUIRK -> quirks();
            case SWITCH -> List.of("on", "off", "save");
            case NONE -> List.of();
        };
    }

    private List<String> quirks() {
        Kernel kernel = kernels.kernel();
        List<String> words = new ArrayList<>(List.of(QuirkChoice.ALL));
        words.addAll(kernel.ask(engine -> QuirkRow.of(kernel.quirks(), null)).stream().map(QuirkRow::quirk).toList());
        return words;
    }

    private List<Proc> processes() {
        return kernels.kernel().processList();
    }

    private List<String> tasks() {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> {
            List<String> labels = new ArrayList<>();
            for (Proc process : kernel.processes().table().all()) {
                for (Lwp lwp = process.newestLwp(); lwp != null; lwp = lwp.nextInProcess()) {
                    labels.add(lwp.label());
                }
            }
            return labels;
        });
    }

    private List<String> variants(String slot) {
        return kernels.factory().variants().variants(slot).stream().map(VariantInfo::variant).toList();
    }

    /** What may stand for the next parameter of the call: {@code sys 1.1 mmap 0 8192 ...}. */
    private List<String> argument(List<String> before) {
        int callAt = 2;
        SyscallDescriptor call = before.size() > callAt ? kernels.factory().syscalls().find(before.get(callAt)) : null;
        int index = before.size() - callAt - 1;
        if (call == null || index >= call.parameters().size()) {
            return List.of();
        }
        Parameter parameter = call.parameters().get(index);
        List<String> words = new ArrayList<>(parameter.symbols() == null ? List.of() : parameter.symbols().names());
        if (parameter.type().pointer()) {
            words.add("NULL");
        }
        if (parameter.type() == ParameterType.UCONTEXT) {
            words.add("ctx");
        }
        switch (parameter.type()) {
            case SIGACTION -> words.addAll(List.of("SIG_DFL", "SIG_IGN", "note"));
            case SIGSET -> words.addAll(List.of("none", "all"));
            case SIGSTACK -> words.addAll(List.of("stack", "none"));
            case CODE -> words.add("trampoline");
            default -> {
            }
        }
        if (parameter.direction() != Direction.IN) {
            words.add("@");
        }
        return words;
    }

    private static List<String> files() {
        try (Stream<Path> entries = Files.list(Path.of(""))) {
            return entries.map(p -> Files.isDirectory(p) ? p + "/" : p.toString()).sorted().toList();
        } catch (IOException e) {
            // Nothing to offer is no reason to disturb who types.
            return List.of();
        }
    }
}

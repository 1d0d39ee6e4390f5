using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// The filter of system calls. It rejects calls that trace other processes, create name spaces or mounts, allocate memory that no limit
/// counts, or reach the machine through sockets other than those of the sandbox's own empty network.
/// </summary>
/// <remarks>Classic BPF as described in <c>seccomp(2)</c>; the numbers come from the kernel's tables for x86-64 and arm64.</remarks>
internal static class SeccompFilter
{
    private const ushort Load = 0x20, JumpEqual = 0x15, JumpAtLeast = 0x35, JumpAnyBit = 0x45, Return = 0x06;
    private const uint Allow = 0x7fff0000, KillProcess = 0x80000000, Errno = 0x00050000;
    private const uint NotPermitted = 1, NoSuchCall = 38, NoSuchFamily = 97;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16, SecondArgumentAt = 24, ThirdArgumentAt = 32;
    private const uint ForeignNumbers = 0x40000000;

    // New user, mount, process, network, IPC, UTS and control group name spaces.
    private const uint NameSpaces = 0x10000000 | 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000 | 0x02000000;

    // Options that set the buffer sizes of sockets and pipes. Buffers are kernel memory, which no limit of a process counts.
    private const uint SocketLevel = 1, SetPipeSize = 1031;
    private static readonly uint[] BufferSizes = [7, 8, 32, 33];

    // Unix, IPv4, IPv6 and netlink sockets, which stay inside the sandbox. Sockets to a hypervisor or to the kernel's ciphers are rejected.
    private static readonly uint[] Families = [1, 2, 10, 16];

    // (number on x86-64, number on arm64)
    private static readonly (uint, uint)[] Refused =
    [
        (101, 117) /* ptrace */, (310, 270) /* process_vm_readv */, (311, 271) /* process_vm_writev */, (312, 272) /* kcmp */,
        (319, 279) /* memfd_create */, (447, 447) /* memfd_secret */, (29, 194) /* shmget */, (30, 196) /* shmat */, (64, 190) /* semget */,
        (68, 186) /* msgget */, (240, 180) /* mq_open */,
        (248, 217) /* add_key */, (249, 218) /* request_key */, (250, 219) /* keyctl */, (321, 280) /* bpf */,
        (298, 241) /* perf_event_open */, (323, 282) /* userfaultfd */,
        (272, 97) /* unshare */, (308, 268) /* setns */, (165, 40) /* mount */, (166, 39) /* umount2 */, (155, 41) /* pivot_root */,
        (161, 51) /* chroot */,
        (428, 428) /* open_tree */, (429, 429) /* move_mount */, (430, 430) /* fsopen */, (431, 431) /* fsconfig */,
        (432, 432) /* fsmount */, (433, 433) /* fspick */, (442, 442) /* mount_setattr */,
        (425, 425) /* io_uring_setup */, (426, 426) /* io_uring_enter */, (427, 427) /* io_uring_register */,
        (303, 264) /* name_to_handle_at */, (304, 265) /* open_by_handle_at */,
        (246, 104) /* kexec_load */, (320, 294) /* kexec_file_load */, (175, 105) /* init_module */, (313, 273) /* finit_module */,
        (176, 106) /* delete_module */, (167, 224) /* swapon */, (168, 225) /* swapoff */,
        (169, 142) /* reboot */, (163, 89) /* acct */, (179, 60) /* quotactl */, (103, 116) /* syslog */, (227, 112) /* clock_settime */,
        (164, 170) /* settimeofday */, (159, 171) /* adjtimex */, (305, 266) /* clock_adjtime */, (170, 161) /* sethostname */,
    ];

    /// <summary>Whether there is a filter for this machine's processor.</summary>
    public static bool IsKnown => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The filter in the form that <c>bwrap --seccomp</c> reads.</summary>
    public static byte[] Bytes(Architecture architecture)
    {
        var isX64 = architecture == Architecture.X64;
        var (clone, clone3, socket) = isX64 ? (56u, 435u, 41u) : (220u, 435u, 198u);
        var (setOption, control) = isX64 ? (54u, 72u) : (208u, 25u);
        List<(ushort Code, byte True, byte False, uint Value)> program =
        [
            (Load, 0, 0, ArchitectureAt),
            (JumpEqual, 1, 0, isX64 ? 0xc000003eu : 0xc00000b7u),
            (Return, 0, 0, KillProcess),
            (Load, 0, 0, NumberAt),
            (JumpAtLeast, 0, 1, ForeignNumbers),
            (Return, 0, 0, KillProcess),
        ];
        foreach (var (x64, arm64) in Refused)
        {
            Refuse(isX64 ? x64 : arm64, NotPermitted);
        }

        // The arguments of clone3 are in memory, which a filter cannot read. Libraries fall back to clone.
        Refuse(clone3, NoSuchCall);
        program.AddRange(
            [(JumpEqual, 0, 4, clone), (Load, 0, 0, FirstArgumentAt), (JumpAnyBit, 0, 1, NameSpaces), (Return, 0, 0, Errno | NotPermitted),
                (Return, 0, 0, Allow)]);

        // Setting a buffer's size has no effect but reports success, because some programs stop at an error.
        program.AddRange(
            [(JumpEqual, 0, (byte)(BufferSizes.Length + 5), setOption), (Load, 0, 0, SecondArgumentAt),
                (JumpEqual, 0, (byte)(BufferSizes.Length + 1), SocketLevel), (Load, 0, 0, ThirdArgumentAt)]);
        for (var i = 0; i < BufferSizes.Length; i++)
        {
            program.Add((JumpEqual, (byte)(BufferSizes.Length - i), 0, BufferSizes[i]));
        }

        program.AddRange([(Return, 0, 0, Allow), (Return, 0, 0, Errno)]);
        program.AddRange(
            [(JumpEqual, 0, 4, control), (Load, 0, 0, SecondArgumentAt), (JumpEqual, 0, 1, SetPipeSize),
                (Return, 0, 0, Errno | NotPermitted), (Return, 0, 0, Allow)]);
        program.AddRange([(JumpEqual, 0, (byte)(Families.Length + 2), socket), (Load, 0, 0, FirstArgumentAt)]);
        for (var i = 0; i < Families.Length; i++)
        {
            program.Add((JumpEqual, (byte)(Families.Length - i), 0, Families[i]));
        }

        program.AddRange([(Return, 0, 0, Errno | NoSuchFamily), (Return, 0, 0, Allow)]);

        var bytes = new byte[8 * program.Count];
        for (var i = 0; i < program.Count; i++)
        {
            var at = bytes.AsSpan(8 * i);
            BinaryPrimitives.WriteUInt16LittleEndian(at, program[i].Code);
            (at[2], at[3]) = (program[i].True, program[i].False);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], program[i].Value);
        }

        return bytes;

        void Refuse(uint number, uint error) => program.AddRange([(JumpEqual, 0, 1, number), (Return, 0, 0, Errno | error)]);
    }
}

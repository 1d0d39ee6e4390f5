#Requires -Version 5
using namespace System.IO
using module Foo
Import-Module Bar
<#
.SYNOPSIS
Area.
#>
function Get-Area {
    <# .SYNOPSIS inner #>
    [CmdletBinding()]
    param([Parameter(Mandatory)][int]$Width, [string]$Name = "x $Width $($Width + 1)")
    begin { }
    process { $Width * 2 }
}
function simple($a, $b) { return $a + 0x1F + 1.5kb }
filter Even { if ($_ % 2) { $_ } }
function script:Scoped { 'single' }
workflow W { }
enum Color { Red; Green = 2 }
class Shape : Base {
    [int]$Width
    hidden static [string] $x = 'a'
    Shape([int]$w) { $this.Width = $w }
    Shape() : base(1) { }
    [int] Area([int]$h) { return $this.Width * $h }
    static [void] Make() { }
}
$block = { param($x) $x }
Describe 'Thing' { It 'works' { 1 | Should -Be 1 } }
@"
here $x
"@
function Outer { function Inner { 1 } Inner }

# A line comment documents.
function Get-Total {
    [OutputType([int])]
    param(
        # The numbers.
        [Parameter(ValueFromPipeline = $true)]
        [int[]] $Numbers,

        [switch] $Verbose2
    )
    <#
        Not the help.
    #>
    $sum = 0
    foreach ($number in $Numbers) {
        switch ($number) {
            1 { $sum += 1 }
            default { $sum += $number -band 0xFF }
        }
    }
    Get-ChildItem -Path $PSScriptRoot -Filter '*.ps1' | Where-Object { $_.Length -gt 1mb } | ForEach-Object Name
    return @{ Sum = $sum; Name = "n: $($sum + 1)" }
}

class Point {
    [double] $X = 1.5
    hidden [double] $Y

    Point([double] $x) {
        $this.X = $x
    }

    [double] Length() {
        return [Math]::Sqrt($this.X * $this.X)
    }

    Reset() {
        $this.X = 0
    }
}

function Test-Broken {
    if ($x -eq {
}

function Test-After {
    param($X)
    $X
}

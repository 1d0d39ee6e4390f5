package My::Shape;
use strict;
use List::Util qw(sum max);
use parent 'Base';
require Foo::Bar;

=head2 area

Pod docs.

=cut

# Area.
sub area {
    my ($self, $w) = @_;
    return $w * 0x1F + 1.5e3;
}
sub sig($x, $y = 1) { "str $x @{[ $y ]} $h->{a} end" }
sub forward;
sub proto($$) { 1 }
my $anon = sub { my $x = shift; 'x' };
our $lex = sub ($a) { $a };
my sub lexsub { 1 }
*glob = sub { 2 };
package Foo { sub bar { qw(a b) } }
has name => (is => 'ro', default => sub { 1 });
my %h = (cb => sub { 1 }, b => qq{x $y});
sub My::Other::name { $x =~ s/a/b/g; m{x}; tr/a/b/ }
sub attr :lvalue { 1 }
class Point { field $x; method getx { $x } ADJUST { 1 } }
BEGIN { 1 }
print <<"EOT";
here $x
EOT
subtest 'x' => sub { ok 1 };
# Sums
# numbers.
sub total {
    my ($self, @numbers) = @_;
    my %seen = (one => 1, 'two' => 2);
    foreach my $number (@numbers) {
        next unless defined $number && $number =~ /^\d+$/;
        $self->{total} += $number;
    }
    return wantarray ? @numbers : sum(@numbers);
}

$handlers{click} = sub { my $event = shift; return $event->target };

package Local::Scoped {
    our $VERSION = '1.0';

    # A nested package.
    sub inner { return __PACKAGE__->SUPER::inner(@_) }
}

sub test_total {
    my $closure = sub { $_[0] + 1 };
    is($closure->(1), 2, "closure adds");
}

sub broken {
    my $x = (1 + ;

sub after {
    my ($x) = @_;
    return $x;
}

1;
__END__

=head1 NAME

sub not_code { 1 }
